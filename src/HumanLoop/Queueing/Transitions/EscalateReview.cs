using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>A person sends a review up; only the named person may claim it then. Sent up to the one who has it, it stays there: a reminder, not a
/// loop.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="To">Who is asked instead.</param>
/// <param name="Due">By when that person should answer.</param>
internal sealed record EscalateReview(string Workflow, DecisionId DecisionId, string To, DateTimeOffset? Due) : Transition(Workflow, DecisionId)
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

        var hasIt = item.LeaseHolder == To || (item.LeaseHolder is null && item.AssignedTo == To);
        return Accept(item, now, hasIt ? new ReviewReminded { Told = To, Due = Due } : new ReviewEscalated { To = To, Due = Due });
    }
}
