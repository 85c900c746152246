using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>The holder gives a review back.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
internal sealed record ReleaseReview(string Workflow, DecisionId DecisionId) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        if (item.State != DecisionState.Claimed || item.LeaseHolder != Actor || item.LeaseUntil <= now)
        {
            return Refuse(item, item.AwaitsVerdict ? TransitionStatus.LeaseLost : Refusal(item));
        }

        return Accept(item, now, new ReviewReleased());
    }
}
