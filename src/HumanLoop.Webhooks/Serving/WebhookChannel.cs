using System.Security.Cryptography;
using System.Text;
using HumanLoop.Diagnostics;
using HumanLoop.Notifying;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Webhooks;

/// <summary>One webhook as owners and operators see it, by what its courier has stored.</summary>
internal sealed class WebhookChannel(WebhookCourier courier, OutboxStore store, TimeProvider time, ILogger<WebhookChannel> logger) : INotificationChannel, IHealthSource
{
    private static readonly TimeSpan Passing = TimeSpan.FromMinutes(5);

    public string Name => courier.Name;

    public async Task<ChannelStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        var (document, _) = await store.ReadAsync(courier.Name, cancellationToken).ConfigureAwait(false);
        var url = courier.Settings.Current.Url;
        return new()
        {
            Name = courier.Name,
            Host = new Uri(url).Host,
            Undelivered = document?.Messages.Count(message => message.IsClosed) ?? 0,
            DeliveredAt = document?.DeliveredAt,
            FailingSince = document?.FailingSince,
            LastFailure = document?.LastFailure,
            GivenUp = document?.GivenUp ?? 0,
            DisabledAt = document?.DisabledUrl == Fingerprint(url) ? document.DisabledAt : null,
            SettingsProblem = courier.Settings.ReloadProblem,
        };
    }

    public async Task EnableAsync(string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        while (true)
        {
            var (document, version) = await store.ReadAsync(courier.Name, cancellationToken).ConfigureAwait(false);
            if (document is null || await store.WriteAsync(courier.Name, Outbox.Enabled(document, time.GetUtcNow()), version).ConfigureAwait(false))
            {
                logger.WebhookEnabled(courier.Name, by);
                return;
            }
        }
    }

    public async ValueTask<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken)
    {
        var status = await GetStatusAsync(cancellationToken).ConfigureAwait(false);
        return status switch
        {
            { SettingsProblem: { } settings } => [$"the changed settings of webhook '{Name}' are refused: {settings}"],
            { DisabledAt: { } disabled } => [$"webhook '{Name}' is disabled since {disabled:u}, for its receiver answered 410; enable it on the owner's page or with INotificationChannel.EnableAsync"],
            { FailingSince: { } since } when time.GetUtcNow() - since >= Passing => [$"webhook '{Name}' has delivered nothing since {since:u} ({status.LastFailure}); {status.Undelivered} messages wait, {status.GivenUp} were given up"],
            _ => [],
        };
    }

    /// <summary>An address without what may be secret in it.</summary>
    internal static string Fingerprint(string url) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)))[..16];
}
