using HumanLoop.Queueing;

namespace HumanLoop.Webhooks;

/// <summary>What all webhooks share.</summary>
internal sealed class WebhookParts(IReviewQueue queue, IReviewDesk desk, JournalEvents events, WebhookTelemetry telemetry)
{
    public IReviewQueue Queue => queue;

    public JournalEvents Events => events;

    public WebhookBody Body { get; } = new(desk);

    public WebhookTelemetry Telemetry => telemetry;
}
