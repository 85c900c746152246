using System.Runtime.ExceptionServices;
using HumanLoop.Queueing;

namespace HumanLoop.Routing;

/// <summary>Whether a decision can be recorded as it is.</summary>
internal sealed class DecisionCheck<TProposal>(string workflow)
{
    private const int MaxText = 200;

    /// <summary>The decisions before the first that cannot be recorded as it is, and what is wrong with that one.</summary>
    public (IReadOnlyList<Decision<TProposal>> Sound, ExceptionDispatchInfo? Unsound) Sound(IReadOnlyList<Decision<TProposal>> batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            try
            {
                Require(batch[i]);
            }
            catch (ArgumentException unsound)
            {
                return ([.. batch.Take(i)], ExceptionDispatchInfo.Capture(unsound));
            }
        }

        return (batch, null);
    }

    public void Require(Decision<TProposal> decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Proposal is null)
        {
            throw new ArgumentException($"Workflow '{workflow}': decision '{decision.Id}' has no proposal.", nameof(decision));
        }

        if (decision.Id.IsEmpty)
        {
            throw new ArgumentException($"Workflow '{workflow}': a decision has an empty id; leave Id out for a new one.", nameof(decision));
        }

        RequireText(decision.Segment, "Segment");
        RequireText(decision.Model, "Model");
        if (SkillCodes.Problem(decision.Requires) is { } problem)
        {
            throw new ArgumentException($"Workflow '{workflow}': Requires {problem}", nameof(decision));
        }

        if (decision.Supersedes == decision.Id)
        {
            throw new ArgumentException($"Workflow '{workflow}': decision '{decision.Id}' cannot take the place of itself; give the new one an id of its own.", nameof(decision));
        }

        if (decision.Link is { } link && !(link.IsAbsoluteUri && link.Scheme is "http" or "https"))
        {
            throw new ArgumentException($"Workflow '{workflow}': Link must be an absolute http or https address.", nameof(decision));
        }
    }

    public void RequireText(string? text, string name)
    {
        if (text is { Length: 0 or > MaxText })
        {
            throw new ArgumentException($"Workflow '{workflow}': {name} has {text.Length} characters; it has 1 to {MaxText}, or is null.", name);
        }
    }
}
