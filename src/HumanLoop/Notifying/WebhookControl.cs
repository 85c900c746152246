using HumanLoop.Diagnostics;
using HumanLoop.Hosting;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Notifying;

/// <summary>Reads and writes what the couriers store.</summary>
internal sealed class WebhookControl(IEnumerable<WebhookCourier> couriers, OutboxStore store, LoopStart start, ILogger<WebhookControl> logger) : IWebhookControl
{
    private readonly WebhookCourier[] _couriers = [.. couriers];

    public async Task<IReadOnlyList<WebhookStatus>> GetStatusAsync(CancellationToken cancellationToken)
    {
        var all = new List<WebhookStatus>();
        foreach (var courier in _couriers)
        {
            var (document, _) = await store.ReadAsync(courier.Name, cancellationToken).ConfigureAwait(false);
            var url = courier.Settings.Current.Url;
            var isGone = document?.DisabledUrl == WebhookStatus.Fingerprint(url);
            all.Add(new()
            {
                Name = courier.Name,
                Host = new Uri(url).Host,
                Undelivered = document?.Messages.Count(message => message.IsClosed) ?? 0,
                DeliveredAt = document?.DeliveredAt,
                FailingSince = document?.FailingSince,
                LastFailure = document?.LastFailure,
                GivenUp = document?.GivenUp ?? 0,
                DisabledAt = isGone ? document?.DisabledAt : null,
                SettingsProblem = courier.Settings.ReloadProblem,
            });
        }

        return all;
    }

    public async Task EnableAsync(string name, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        if (!_couriers.Any(courier => courier.Name == name))
        {
            throw new ArgumentException($"There is no webhook '{name}' here; there are: {string.Join(", ", _couriers.Select(courier => courier.Name))}.", nameof(name));
        }

        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var (document, version) = await store.ReadAsync(name, cancellationToken).ConfigureAwait(false);
            if (document is null || await store.WriteAsync(name, Outbox.Enabled(document, start.Now), version).ConfigureAwait(false))
            {
                logger.WebhookEnabled(name, by);
                return;
            }
        }
    }
}
