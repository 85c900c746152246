using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>A reviewer takes a verdict back within the undo window.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
internal sealed record UndoVerdict(string Workflow, DecisionId DecisionId) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        return item.State == DecisionState.Decided && now < item.ReadyAt
            ? Accept(item, now, new VerdictUndone(), payload => payload with { Correction = default, Comment = null, Votes = [.. payload.Votes.SkipLast(1)] })
            : Refuse(item, item.IsClosed ? TransitionStatus.Closed : TransitionStatus.NotAllowed);
    }
}
