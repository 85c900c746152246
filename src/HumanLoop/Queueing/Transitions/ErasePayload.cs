using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>Erases a decision's data; the facts stay. Open work is not erased: withdraw or decide it first.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
public sealed record ErasePayload(string Workflow, DecisionId DecisionId) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        return item.IsErased ? Refuse(item, TransitionStatus.Closed)
            : item.IsClosed ? Accept(item, now, new PayloadErased())
            : Refuse(item, TransitionStatus.NotAllowed);
    }
}
