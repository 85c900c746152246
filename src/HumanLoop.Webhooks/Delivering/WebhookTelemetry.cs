using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HumanLoop.Diagnostics;

namespace HumanLoop.Webhooks;

/// <summary>The instruments of webhooks; made only where there are any.</summary>
internal sealed class WebhookTelemetry : IDisposable
{
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly Counter<long> _attempts;
    private readonly ConcurrentDictionary<string, long> _undelivered = new(StringComparer.Ordinal);

    public WebhookTelemetry(IMeterFactory? factory)
    {
        var version = typeof(WebhookTelemetry).Assembly.GetName().Version?.ToString(3);
        _ownsMeter = factory is null;
        _meter = factory?.Create(new MeterOptions(HumanLoopDiagnostics.MeterName) { Version = version }) ?? new Meter(HumanLoopDiagnostics.MeterName, version);
        _attempts = _meter.CreateCounter<long>(HumanLoopDiagnostics.WebhookAttempts, "{attempt}", "Attempts to deliver a webhook's message.");
        _meter.CreateObservableGauge(HumanLoopDiagnostics.WebhookUndelivered, () => _undelivered.Select(one => new Measurement<long>(one.Value, new KeyValuePair<string, object?>(HumanLoopDiagnostics.WebhookTag, one.Key))), "{message}", "Messages that a webhook's receiver has not taken yet.");
    }

    public void Attempted(string webhook, WebhookAnswer answer) =>
        _attempts.Add(1, new(HumanLoopDiagnostics.WebhookTag, webhook), new(HumanLoopDiagnostics.WebhookResultTag, answer.Failure ?? "delivered"));

    public void Undelivered(string webhook, int messages) => _undelivered[webhook] = messages;

    /// <summary>Another process serves the webhook now, and tells of it.</summary>
    public void Forget(string webhook) => _undelivered.TryRemove(webhook, out _);

    public void Dispose()
    {
        if (_ownsMeter)
        {
            _meter.Dispose();
        }
    }
}
