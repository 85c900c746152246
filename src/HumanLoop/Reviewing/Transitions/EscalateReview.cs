using HumanLoop.Observing;

namespace HumanLoop.Reviewing;

/// <summary>A person sends a review up; only the named person may claim it then.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="To">Who is asked instead.</param>
/// <param name="Due">By when that person should answer.</param>
public sealed record EscalateReview(string Workflow, DecisionId DecisionId, string To, DateTimeOffset? Due) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        if (!item.AwaitsVerdict)
        {
            return Refuse(item, Refusal(item));
        }

        return Accept(item, now, new ReviewEscalated { To = To, Due = Due });
    }
}
