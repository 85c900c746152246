using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>A person asks for another round of attempts.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
internal sealed record RetryDeadLetter(string Workflow, DecisionId DecisionId) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        return item.State == DecisionState.DeadLetter
            ? Accept(item, now, new DeadLetterRetried())
            : Refuse(item, item.IsClosed ? TransitionStatus.Closed : TransitionStatus.NotAllowed);
    }
}
