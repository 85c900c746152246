using HumanLoop.Observing;

namespace HumanLoop.Reviewing;

/// <summary>A reviewer takes a verdict back within the undo window.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
public sealed record UndoVerdict(string Workflow, DecisionId DecisionId) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        return item.State == ReviewState.Decided && now < item.ReadyAt
            ? Accept(item, now, new VerdictUndone())
            : Refuse(item, item.IsClosed ? TransitionStatus.Closed : TransitionStatus.NotAllowed);
    }
}
