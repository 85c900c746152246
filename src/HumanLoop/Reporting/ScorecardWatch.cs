using HumanLoop.Running;
using HumanLoop.Notifying;

namespace HumanLoop.Reporting;

/// <summary>Looks at the scorecards once a minute and lets each owner hear of what theirs has newly come to. Not safe for concurrent use.</summary>
internal sealed class ScorecardWatch(Catalog<IReportedWorkflow> catalog, IScorecards scorecards, OwnerNotifications notifications, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long? _lookedAt;

    /// <summary>Looks, unless it looked within the last minute. What is news is told by one process of the store.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_lookedAt is { } before && time.GetElapsedTime(before) < Interval)
        {
            return;
        }

        _lookedAt = time.GetTimestamp();
        foreach (var workflow in catalog.All)
        {
            var card = await scorecards.ReadAsync(workflow.Name, cancellationToken).ConfigureAwait(false);
            await notifications.ScorecardAsync(workflow.Name, card.IsTargetReached, card.IsGuardMissed, cancellationToken).ConfigureAwait(false);
        }
    }
}
