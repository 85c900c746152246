using HumanLoop.Observing;
using HumanLoop.Reviewing;

namespace HumanLoop.Notifying;

/// <summary>What all webhooks share.</summary>
internal sealed class WebhookParts(IDecisionJournal journal, IReviewQueue queue, JournalEvents events, WebhookTelemetry telemetry)
{
    public IDecisionJournal Journal => journal;

    public IReviewQueue Queue => queue;

    public JournalEvents Events => events;

    public WebhookBody Body { get; } = new(queue);

    public WebhookTelemetry Telemetry => telemetry;
}
