using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>A reviewer cannot say: the review goes to another reviewer, and from the second abstention on to the next person up.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="EscalateTo">Who is next up; <see langword="null"/> for no person.</param>
internal sealed record AbstainFromReview(string Workflow, DecisionId DecisionId, string? EscalateTo) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        if (!item.AwaitsVerdict)
        {
            return Refuse(item, Refusal(item));
        }

        if (item.State == DecisionState.Claimed && (item.LeaseHolder != Actor || item.LeaseUntil <= now))
        {
            return Refuse(item, TransitionStatus.LeaseLost);
        }

        return Accept(item, now, new ReviewerAbstained { EscalatedTo = item.Abstained.Count >= 1 && !item.HasVoted(EscalateTo) ? EscalateTo : null });
    }
}
