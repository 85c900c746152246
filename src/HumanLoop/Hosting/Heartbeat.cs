using HumanLoop.Diagnostics;
using HumanLoop.Journaling;
using HumanLoop.Notifying;
using HumanLoop.Queueing;
using HumanLoop.Reporting;
using HumanLoop.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HumanLoop.Hosting;

/// <summary>Does what time makes due, measures the queues, follows the stop switch and the thresholds, and tells people what waits for them.</summary>
internal sealed class Heartbeat(
    Catalog<Workflow> catalog,
    StartGate start,
    WorkQueue ledger,
    WorkflowSwitch stopSwitch,
    ThresholdFollower thresholds,
    OwnerNotifications notifications,
    ScorecardWatch scorecards,
    Telemetry telemetry,
    IOptions<HumanLoopOptions> options,
    TimeProvider time,
    ILogger<Heartbeat> logger) : BackgroundService
{
    private readonly LoopBackoff _backoff = new("heartbeat", time, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await start.EnsureAsync().WaitAsync(stoppingToken).ConfigureAwait(false);
                await SweepAsync(stoppingToken).ConfigureAwait(false);
                _backoff.Succeeded();
                await Task.Delay(options.Value.PollInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                await _backoff.FailedAsync(failure, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One round.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        await stopSwitch.RefreshAsync(cancellationToken).ConfigureAwait(false);
        await thresholds.RefreshAsync(cancellationToken).ConfigureAwait(false);
        var request = new SweepRequest([.. catalog.All.Select(workflow => workflow.SweepPolicy())]);
        SweepResult result;
        do
        {
            result = await ledger.SweepAsync(request, cancellationToken).ConfigureAwait(false);
            await notifications.TellAsync(result.Entries, cancellationToken).ConfigureAwait(false);
            foreach (var erased in result.Entries.OfType<PayloadErased>().CountBy(entry => entry.Workflow))
            {
                logger.Erased(erased.Key, erased.Value);
            }
        }
        while (result.More && !cancellationToken.IsCancellationRequested);

        telemetry.InForce([.. catalog.All.SelectMany(workflow => workflow.Conditions.Thresholds.Lines.Select(line => (workflow.Name, line.Key.Segment, line.Value.Threshold)))]);
        var open = await ledger.MeasureAsync(cancellationToken).ConfigureAwait(false);
        QueueMeasure[] measures = [.. catalog.All.Select(workflow => open.FirstOrDefault(measure => measure.Workflow == workflow.Name) ?? new() { Workflow = workflow.Name })];
        telemetry.Measured([.. measures.Select(measure => new QueueReading(measure.Workflow, measure.AwaitingVerdict, measure.OldestReady, measure.DeadLetters))]);
        foreach (var measure in measures)
        {
            var workflow = catalog.Get(measure.Workflow);
            workflow.IsBehind = workflow.Options.Review.MaxAge is { } most && measure.OldestReady + most <= time.GetUtcNow();
        }

        await notifications.PeopleBehindAsync(measures, cancellationToken).ConfigureAwait(false);
        await notifications.DeadLettersAsync(measures, cancellationToken).ConfigureAwait(false);
        await scorecards.LookAsync(cancellationToken).ConfigureAwait(false);
    }
}
