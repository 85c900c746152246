namespace HumanLoop.Reporting;

/// <summary>Whether a workflow earns its keep: its metric against its target, what it gets wrong, what it costs people, what its thresholds do, and one
/// sentence of advice.</summary>
/// <remarks>A snapshot; immutable. Everything is there from the first minute: what nothing is known of is <see langword="null"/>, zero or empty.</remarks>
public sealed record Scorecard
{
    /// <summary>The length of <see cref="Recent"/>, in days with today.</summary>
    public const int RecentDays = 28;

    /// <summary>The workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>When it was read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the first decision was routed; <see langword="null"/> before it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What the workflow was set up for; <see langword="null"/> in a store that no application of this version has worked on.</summary>
    public Charter? Charter { get; init; }

    /// <summary>Whether everything goes to a person because it is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The advice.</summary>
    public required ScorecardAdvice Advice { get; init; }

    /// <summary>The metric against its target; <see langword="null"/> without a charter.</summary>
    public ScorecardMetric? Metric { get; init; }

    /// <summary>The guard; <see langword="null"/> where the charter has none.</summary>
    public ScorecardGuard? Guard { get; init; }

    /// <summary>The last 28 days.</summary>
    public required ScorecardPeriod Recent { get; init; }

    /// <summary>Everything since the first decision.</summary>
    public required ScorecardPeriod Ever { get; init; }

    /// <summary>How often the AI was wrong.</summary>
    public required ScorecardErrors Errors { get; init; }

    /// <summary>What people spent and were spared.</summary>
    public required ScorecardEffort Effort { get; init; }

    /// <summary>How much is checked.</summary>
    public required ScorecardChecks Checks { get; init; }

    /// <summary>The thresholds, that of the newest model last; empty before the first decision.</summary>
    public IReadOnlyList<ScorecardThreshold> Thresholds { get; init; } = [];

    /// <summary>Why the thresholds cannot be shown; <see langword="null"/> when they can.</summary>
    public string? ThresholdProblem { get; init; }

    /// <summary>The last 200 changes, the newest first.</summary>
    public IReadOnlyList<ScorecardChange> Changes { get; init; } = [];

    /// <summary>The reviewers, the busiest first.</summary>
    public IReadOnlyList<ScorecardReviewer> Reviewers { get; init; } = [];

    /// <summary>What waits now.</summary>
    public required ScorecardQueue Queue { get; init; }

    /// <summary>The segments, the largest first.</summary>
    public IReadOnlyList<ScorecardSegment> Segments { get; init; } = [];

    /// <summary>How often each route's reason was given, the commonest first; at most 64, the rest as <c>(others)</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Reasons { get; init; } = [];

    /// <summary>The last 400 days on which something happened, oldest first.</summary>
    public IReadOnlyList<ScorecardDay> Days { get; init; } = [];

    /// <summary>What each model's confidence is worth, the newest last.</summary>
    public IReadOnlyList<ScorecardConfidence> Confidence { get; init; } = [];

    /// <summary>Whether the target is reached, on enough to say so: when this turns true the owner should hear of it.</summary>
    public bool IsTargetReached => Metric is { IsReached: true } && Recent.Decisions >= AdviceRules.FewestDecisions;

    /// <summary>Whether the guard is missed: when this turns true the owner should hear of it.</summary>
    public bool IsGuardMissed => Guard is { IsMissed: true };
}
