using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>Gives a review to one person, or frees it for all.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="To">Who alone may claim it; <see langword="null"/> for anybody.</param>
internal sealed record AssignReview(string Workflow, DecisionId DecisionId, string? To) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        if (!item.AwaitsVerdict)
        {
            return Refuse(item, Refusal(item));
        }

        if (item.HasVoted(To))
        {
            return Refuse(item, TransitionStatus.AlreadyVoted);
        }

        return Accept(item, now, new ReviewAssigned { To = To });
    }
}
