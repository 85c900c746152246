using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>A reviewer takes one review that they picked, or goes on with one that they hold. Skills steer what is offered; a reviewer who picks one knows
/// what it takes.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="Lease">For how long from now.</param>
internal sealed record ClaimReview(string Workflow, DecisionId DecisionId, TimeSpan Lease) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        if (!item.AwaitsVerdict)
        {
            return Refuse(item, Refusal(item));
        }

        return item.LeaseHolder == Actor && item.LeaseUntil > now
            ? Accept(item, now, new LeaseExtended { LeaseUntil = now + Lease })
            : new ClaimRequest { Purpose = WorkPurpose.Review, Holder = Actor ?? "", Max = 1, Lease = Lease, Skills = item.Requires }.Take(item, now);
    }
}
