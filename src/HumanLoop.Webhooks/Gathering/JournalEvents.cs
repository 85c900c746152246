using HumanLoop.Journaling;

namespace HumanLoop.Webhooks;

/// <summary>What a journal entry means to people outside. The journal is the outbox of everything that happens: nothing that was committed is forgotten,
/// whichever process dies.</summary>
internal sealed class JournalEvents(IWorkflowControl control)
{
    /// <summary>The messages that an entry begins or joins; none where it concerns no one outside.</summary>
    public IEnumerable<WebhookMessage> Of(JournalEntry entry) => entry switch
    {
        DecisionRouted { IsDrawn: true } or EffectUncertain or VerdictUndone => [Review(entry, WebhookEvents.ReviewRequested, null)],
        VerdictGiven verdict => [Review(entry, WebhookEvents.ReviewDecided, Name(verdict.Verdict.Kind))],
        DecisionWithdrawn => [Review(entry, WebhookEvents.ReviewDecided, "withdrawn")],
        ReviewOverdue overdue => [Of(entry, WebhookEvents.ReviewOverdue, overdue.Told ?? Owner(entry))],
        ReviewExpired => [Of(entry, WebhookEvents.ReviewExpired, Owner(entry)), Review(entry, WebhookEvents.ReviewDecided, "expired")],
        EffectFailed { RetryAt: null } => [Of(entry, WebhookEvents.DeadLetter, Owner(entry))],
        ThresholdChanged { Change.Reason: ThresholdReasons.DriftAlarm } changed => [Threshold(changed, WebhookEvents.ThresholdAlarm)],
        ThresholdChanged { Change: { IsProposal: true, Reason: ThresholdReasons.Earned, Goal.Loosening: Loosening.OwnerApproves } } changed => [Threshold(changed, WebhookEvents.LooseningProposed)],
        TargetReached reached => [Of(entry, WebhookEvents.TargetReached, Owner(entry)) with { Metric = reached.Metric }],
        GuardMissed missed => [Of(entry, WebhookEvents.GuardMissed, Owner(entry)) with { Metric = missed.Guard }],
        _ => [],
    };

    private WebhookMessage Threshold(ThresholdChanged changed, string type) => Of(changed, type, Owner(changed)) with
    {
        Segment = changed.Segment,
        Model = changed.Model,
        ChangeId = changed.ChangeId,
        From = Value(changed.Change.From),
        To = Value(changed.Change.To),
    };

    private static WebhookMessage Review(JournalEntry entry, string type, string? ended) =>
        Of(entry, type, null) with { Reviews = [new(entry.DecisionId.Value, ended)] };

    private static WebhookMessage Of(JournalEntry entry, string type, string? recipient) =>
        new() { Type = type, Workflow = entry.Workflow, Recipient = recipient, At = entry.At, Next = entry.At };

    private string? Owner(JournalEntry entry) => control.ListWorkflows().FirstOrDefault(workflow => workflow.Name == entry.Workflow)?.Owner;

    private static string Name(VerdictKind kind) => kind switch
    {
        VerdictKind.Approved => "approved",
        VerdictKind.Corrected => "corrected",
        _ => "rejected",
    };

    private static double? Value(Threshold threshold) => threshold.IsReviewEverything ? null : threshold.Value;
}
