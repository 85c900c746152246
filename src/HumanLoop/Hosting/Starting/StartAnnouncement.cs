using System.Globalization;
using HumanLoop.Diagnostics;
using HumanLoop.Notifying;
using HumanLoop.Observing;
using HumanLoop.Queueing;
using HumanLoop.Running;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Hosting;

/// <summary>Logs what is in force when the loop begins.</summary>
internal sealed class StartAnnouncement(IEnumerable<Workflow> workflows, IReviewQueue queue, ThresholdReader reader, OwnerNotifications notifications, TimeProvider time, ILogger<StartAnnouncement> logger) : IStartTask
{
    public async Task StartAsync()
    {
        foreach (var workflow in workflows)
        {
            logger.WorkflowReady(workflow.Name, workflow.Options.Owner, workflow.Options.Mode, await DescribeAsync(workflow).ConfigureAwait(false));
        }

        if (notifications.IsSilent)
        {
            logger.NoNotifier();
        }

        if (queue is InMemoryReviewQueue)
        {
            logger.StoreForgets();
        }
    }

    private async Task<string> DescribeAsync(Workflow workflow)
    {
        var goal = workflow.Options.Threshold;
        if (goal.Policy == ThresholdPolicy.Fixed && workflow.OwnController is null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"fixed threshold {workflow.Conditions.LineFor(null, null).Threshold}, which promises nothing about errors");
        }

        IReadOnlyList<StandingThreshold> live;
        try
        {
            live = await reader.ReadAsync(workflow.Name, workflow.ControllerOf, CancellationToken.None).ConfigureAwait(false);
        }
        catch (InvalidOperationException unknown)
        {
            return $"reviewing everything: {unknown.Message}";
        }

        return live.Count > 0
            ? string.Join("; ", live.Select(one => one.Described(time.GetUtcNow()).Says))
            : goal.Start is { } start
                ? string.Create(CultureInfo.InvariantCulture, $"declared threshold {start:0.####}, not yet earned: every act is checked ({workflow.ThresholdSettings.Goal})")
                : $"reviewing everything: no decision was made yet ({workflow.ThresholdSettings.Goal})";
    }
}
