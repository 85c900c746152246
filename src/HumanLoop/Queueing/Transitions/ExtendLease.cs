using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>The holder of a lease, reviewer or process, keeps it for longer.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="Lease">For how long from now.</param>
internal sealed record ExtendLease(string Workflow, DecisionId DecisionId, TimeSpan Lease) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        if (item.LeaseHolder is null || item.LeaseHolder != Actor || item.LeaseUntil <= now)
        {
            return Refuse(item, item.AwaitsVerdict || item.State == DecisionState.Acting ? TransitionStatus.LeaseLost : Refusal(item));
        }

        return Accept(item, now, new LeaseExtended { LeaseUntil = now + Lease });
    }
}
