using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Webhooks;

/// <summary>Runs the couriers, each for itself: a receiver that does not answer holds up no other.</summary>
internal sealed class WebhookService(IEnumerable<WebhookCourier> couriers, ILogger<WebhookService> logger, IConfiguration? configuration = null) : BackgroundService
{
    private readonly WebhookCourier[] _couriers = [.. couriers];

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var section in configuration?.GetSection($"HumanLoop:{WebhookConfiguration.Section}").GetChildren() ?? [])
        {
            if (!_couriers.Any(courier => string.Equals(courier.Name, section.Key, StringComparison.OrdinalIgnoreCase)))
            {
                logger.WebhookUnknown(section.Key);
            }
        }

        return Task.WhenAll(_couriers.Select(courier => courier.RunAsync(stoppingToken)));
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
                logger.WebhookLeft(courier.Name, failure.GetType().Name);
            }
        }
    }
}
