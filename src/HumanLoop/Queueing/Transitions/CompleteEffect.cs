using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>The handler did what was due.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="Key">The idempotency key that it did it under.</param>
public sealed record CompleteEffect(string Workflow, DecisionId DecisionId, string Key) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        return item.State == DecisionState.Acting && item.LeaseHolder == Actor
            ? Accept(item, now, new EffectDone { Key = Key })
            : Refuse(item, TransitionStatus.LeaseLost);
    }
}
