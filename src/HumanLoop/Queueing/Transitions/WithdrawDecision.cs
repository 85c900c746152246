using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>Takes a decision back before it acts.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="Reason">Why.</param>
internal sealed record WithdrawDecision(string Workflow, DecisionId DecisionId, string Reason) : Transition(Workflow, DecisionId)
{
    /// <summary>The decision that takes its place; empty when it is only taken back.</summary>
    public DecisionId SupersededBy { get; init; }

    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        var noEffectYet = item.AwaitsVerdict || item.State == DecisionState.Decided || (item.State == DecisionState.ActDue && item.Attempt == 0);
        return noEffectYet && !item.HasActed
            ? Accept(item, now, new DecisionWithdrawn { Reason = Reason, SupersededBy = SupersededBy })
            : Refuse(item, item.State == DecisionState.Withdrawn ? TransitionStatus.Closed : TransitionStatus.NotAllowed);
    }
}
