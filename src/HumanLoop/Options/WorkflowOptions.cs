namespace HumanLoop;

/// <summary>One workflow's charter and settings, bound from <c>HumanLoop:Workflows:{name}</c>, validated at start and at each reload.</summary>
public sealed class WorkflowOptions
{
    /// <summary>The one person who owns the automation: overdue reviews, alarms and dead letters end there.</summary>
    /// <value>Required; one person, not a list.</value>
    public string Owner { get; set; } = "";

    /// <summary>Whether it acts.</summary>
    /// <value>The default is <see cref="WorkflowMode.Live"/>.</value>
    public WorkflowMode Mode { get; set; }

    /// <summary>What it was made for.</summary>
    /// <value>The default is everything.</value>
    public ScopeOptions Scope { get; } = new();

    /// <summary>The number that says whether it succeeds.</summary>
    /// <value>Required.</value>
    public MetricOptions Metric { get; } = new();

    /// <summary>The goal of the threshold.</summary>
    /// <value><c>MaxErrorRate</c> is required.</value>
    public ThresholdOptions Threshold { get; } = new();

    /// <summary>How people review.</summary>
    /// <value>Everything has a default.</value>
    public ReviewOptions Review { get; } = new();

    /// <summary>How the handler is called.</summary>
    /// <value>Everything has a default.</value>
    public ActingOptions Acting { get; } = new();

    /// <summary>How long a confidence source may take; after it a person looks.</summary>
    /// <value>From 1 millisecond to 1 hour; the default is 10 seconds.</value>
    public TimeSpan ConfidenceTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after its end a decision's id is remembered.</summary>
    /// <value>At least <c>Threshold:EvidenceDeadline</c>; the default is 30 days.</value>
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long after its end a decision's data is kept. The facts stay.</summary>
    /// <value>Positive; the default, <see langword="null"/>, is as long as its id is remembered.</value>
    public TimeSpan? PayloadRetention { get; set; }
}
