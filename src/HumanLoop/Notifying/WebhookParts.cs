using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Notifying;

/// <summary>What all webhooks share.</summary>
internal sealed class WebhookParts(IDecisionJournal journal, ReviewLedger ledger, JournalEvents events, WebhookTelemetry telemetry)
{
    public IDecisionJournal Journal => journal;

    public ReviewLedger Ledger => ledger;

    public JournalEvents Events => events;

    public WebhookBody Body { get; } = new(ledger);

    public WebhookTelemetry Telemetry => telemetry;
}
