using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>A person did by other means what the handler could not.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="Note">What was done.</param>
internal sealed record SettleDeadLetter(string Workflow, DecisionId DecisionId, string? Note) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        return item.State == DecisionState.DeadLetter
            ? Accept(item, now, new DeadLetterSettled { Note = Note })
            : Refuse(item, item.IsClosed ? TransitionStatus.Closed : TransitionStatus.NotAllowed);
    }
}
