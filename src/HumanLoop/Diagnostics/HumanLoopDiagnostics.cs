namespace HumanLoop.Diagnostics;

/// <summary>The names under which the library reports. Stable.</summary>
public static class HumanLoopDiagnostics
{
    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "HumanLoop";

    /// <summary>The name of the meter.</summary>
    public const string MeterName = "HumanLoop";

    /// <summary>Counter {decision}: decisions routed.</summary>
    public const string Decisions = "humanloop.decisions";

    /// <summary>Histogram 1: the confidence of decisions that had a usable one.</summary>
    public const string DecisionConfidence = "humanloop.decision.confidence";

    /// <summary>Counter {review}: verdicts given.</summary>
    public const string Reviews = "humanloop.reviews";

    /// <summary>Gauge {review}: decisions that await a verdict.</summary>
    public const string ReviewPending = "humanloop.review.pending";

    /// <summary>Gauge s: the age of the oldest decision that awaits a verdict.</summary>
    public const string ReviewOldestAge = "humanloop.review.oldest.age";

    /// <summary>Histogram s: from the routing of a decision to its verdict.</summary>
    public const string ReviewWaitDuration = "humanloop.review.wait.duration";

    /// <summary>Histogram s: from the claim of a review to its verdict.</summary>
    public const string ReviewHandlingDuration = "humanloop.review.handling.duration";

    /// <summary>Gauge 1: the threshold in force; 2 while everything is reviewed, which is above every confidence.</summary>
    public const string ThresholdGauge = "humanloop.threshold";

    /// <summary>Gauge 1: the share of checks by this process's reviewers that found a straight-through act wrong.</summary>
    public const string ErrorEstimate = "humanloop.error.estimate";

    /// <summary>Counter {change}: changes of the threshold in force.</summary>
    public const string ThresholdChanges = "humanloop.threshold.changes";

    /// <summary>Gauge {decision}: dead letters.</summary>
    public const string DeadLetters = "humanloop.dead_letters";

    /// <summary>Counter {attempt}: attempts to deliver a webhook's message.</summary>
    public const string WebhookAttempts = "humanloop.webhook.attempts";

    /// <summary>Gauge {message}: messages that a webhook's receiver has not taken yet; told by the process that serves it.</summary>
    public const string WebhookUndelivered = "humanloop.webhook.undelivered";

    /// <summary>Attribute: the webhook's name.</summary>
    public const string WebhookTag = "humanloop.webhook";

    /// <summary>Attribute: <c>delivered</c>, a status such as <c>503</c>, or the kind of error such as <c>timeout</c>.</summary>
    public const string WebhookResultTag = "humanloop.webhook.result";

    /// <summary>Attribute: the workflow's name.</summary>
    public const string WorkflowTag = "humanloop.workflow";

    /// <summary>Attribute: the segment.</summary>
    public const string SegmentTag = "humanloop.segment";

    /// <summary>Attribute: <c>review</c>, <c>straight_through</c> or <c>audit</c>.</summary>
    public const string RouteTag = "humanloop.route";

    /// <summary>Attribute: why it went there.</summary>
    public const string ReasonTag = "humanloop.reason";

    /// <summary>Attribute: <c>approved</c>, <c>corrected</c>, <c>rejected</c> or <c>abstained</c>.</summary>
    public const string VerdictTag = "humanloop.verdict";
}
