using HumanLoop.Diagnostics;
using HumanLoop.Hosting;
using HumanLoop.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HumanLoop.Notifying;

/// <summary>Runs the couriers, each for itself: a receiver that does not answer holds up no other.</summary>
internal sealed class WebhookService(
    IEnumerable<WebhookCourier> couriers,
    LoopStart start,
    IOptions<HumanLoopOptions> options,
    TimeProvider time,
    ILogger<WebhookService> logger,
    IConfiguration? configuration = null) : BackgroundService
{
    private readonly WebhookCourier[] _couriers = [.. couriers];

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var section in configuration?.GetSection($"{WorkflowConfiguration.Root}:{WebhookConfiguration.Section}").GetChildren() ?? [])
        {
            if (!_couriers.Any(courier => string.Equals(courier.Name, section.Key, StringComparison.OrdinalIgnoreCase)))
            {
                logger.WebhookUnknown(section.Key);
            }
        }

        return Task.WhenAll(_couriers.Select(courier => RunAsync(courier, stoppingToken)));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        foreach (var courier in _couriers)
        {
            try
            {
                await courier.StopAsync().ConfigureAwait(false);
            }
            catch (StoreException failure)
            {
                logger.LoopFailed("webhook sender", failure.GetType().Name, TimeSpan.Zero);
            }
        }
    }

    private async Task RunAsync(WebhookCourier courier, CancellationToken stoppingToken)
    {
        var pulse = new LoopPulse($"webhook sender '{courier.Name}'", time, logger);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await start.EnsureAsync().WaitAsync(stoppingToken).ConfigureAwait(false);
                var more = await courier.RoundAsync(stoppingToken).ConfigureAwait(false);
                pulse.Answered();
                if (!more)
                {
                    await Task.Delay(options.Value.PollInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                await pulse.FailedAsync(failure, stoppingToken).ConfigureAwait(false);
            }
        }
    }
}
