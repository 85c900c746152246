using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>The handler threw or did not end in time.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="Error">The type of the exception.</param>
/// <param name="Detail">What it said; payload.</param>
/// <param name="Attempts">How many attempts at this effect have been made in all.</param>
/// <param name="RetryAt">When to try again; <see langword="null"/> for a dead letter.</param>
internal sealed record FailEffect(string Workflow, DecisionId DecisionId, string Error, string? Detail, int Attempts, DateTimeOffset? RetryAt) : Transition(Workflow, DecisionId)
{
    internal override Transition Sealed(PayloadSeal seal) => this with { Detail = seal.Protect(Detail) };

    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        return item.State == DecisionState.Acting && item.LeaseHolder == Actor
            ? Accept(item, now, new EffectFailed { Error = Error, Attempts = Attempts, RetryAt = RetryAt }, payload => payload with { LastError = Detail })
            : Refuse(item, TransitionStatus.LeaseLost);
    }
}
