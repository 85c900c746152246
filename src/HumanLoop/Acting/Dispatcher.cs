using HumanLoop.Queueing;
using HumanLoop.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HumanLoop.Acting;

/// <summary>Makes the effects happen that fell due: after verdicts, after failures, and those that another process left behind.</summary>
internal sealed class Dispatcher(
    Catalog<IActedWorkflow> catalog,
    StartGate start,
    WorkQueue ledger,
    EffectRunner runner,
    WorkSignals signals,
    IOptions<HumanLoopOptions> options,
    TimeProvider time,
    ILogger<Dispatcher> logger) : BackgroundService
{
    private readonly LoopBackoff _backoff = new("dispatcher", time, logger);
    private long _lastFetch;
    private int _waitingForHands;

    /// <summary>How long ago the store last answered; <see langword="null"/> before the first time, and while all hands are busy acting.</summary>
    public TimeSpan? SinceLastFetch => _waitingForHands == 0 && Interlocked.Read(ref _lastFetch) is not 0 and var last ? time.GetElapsedTime(last) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var slots = new SemaphoreSlim(options.Value.MaxConcurrentActs);
        while (!stoppingToken.IsCancellationRequested)
        {
            var due = signals.NextActDue();
            try
            {
                await start.EnsureAsync().WaitAsync(stoppingToken).ConfigureAwait(false);
                var any = await FetchAsync(slots, stoppingToken).ConfigureAwait(false);
                Interlocked.Exchange(ref _lastFetch, time.GetTimestamp());
                _backoff.Succeeded();
                if (!any)
                {
                    await due.WaitAsync(options.Value.PollInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                await _backoff.FailedAsync(failure, stoppingToken).ConfigureAwait(false);
            }
        }

        // What is under way is cancelled by the same token and records itself; then every slot is free again.
        for (var slot = 0; slot < options.Value.MaxConcurrentActs; slot++)
        {
            await slots.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<bool> FetchAsync(SemaphoreSlim slots, CancellationToken stopping)
    {
        var any = false;
        foreach (var workflow in catalog.All)
        {
            if (!workflow.HasHandler)
            {
                continue;
            }

            if (!slots.Wait(0, CancellationToken.None))
            {
                // All hands are busy: that is no standing still, and the handlers' timeouts bound it.
                Interlocked.Increment(ref _waitingForHands);
                try
                {
                    await slots.WaitAsync(stopping).ConfigureAwait(false);
                }
                finally
                {
                    Interlocked.Exchange(ref _lastFetch, time.GetTimestamp());
                    Interlocked.Decrement(ref _waitingForHands);
                }
            }

            // Effects that were recorded in one commit end together. Letting them all give up their slots makes one claim of them, not one of the first and one of the
            // rest.
            await Task.Yield();
            var free = 1;
            while (free < options.Value.MaxConcurrentActs && slots.Wait(0, CancellationToken.None))
            {
                free++;
            }

            IReadOnlyList<WorkItem> claimed = [];
            try
            {
                claimed = await ledger.ClaimAsync(
                    new() { Purpose = WorkPurpose.Act, Holder = runner.Holder, Workflows = [workflow.Name], Max = free, Lease = EffectRunner.LeaseOf(workflow.Options) },
                    CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                if (free > claimed.Count)
                {
                    slots.Release(free - claimed.Count);
                }
            }

            any |= claimed.Count > 0;
            foreach (var item in claimed)
            {
                _ = RunAsync(workflow, item, slots, stopping);
            }
        }

        return any;
    }

    private async Task RunAsync(IActedWorkflow workflow, WorkItem item, SemaphoreSlim slots, CancellationToken stopping)
    {
        try
        {
            await runner.RunAsync(workflow, item, stopping).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }
}
