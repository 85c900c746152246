using HumanLoop.Queueing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Running;

/// <summary>Wakes those in this process who wait for work when another process has changed something.</summary>
internal sealed class ChangeListener(IReviewQueue queue, WorkSignals signals, TimeProvider time, ILogger<ChangeListener> logger) : BackgroundService
{
    private readonly LoopBackoff _backoff = new("listener", time, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (queue is not IQueueChangeFeed changes)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await changes.WaitForChangeAsync(stoppingToken).ConfigureAwait(false);
                signals.Elsewhere();
                _backoff.Succeeded();
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
}
