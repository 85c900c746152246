namespace HumanLoop.Reporting;

/// <summary>The stored shape of a tally.</summary>
internal sealed record TallyDocument
{
    /// <summary>The document's name in the store.</summary>
    public const string Name = "tally";

    /// <summary>The version of its shape.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Every record up to this position of the journal is counted.</summary>
    public long Position { get; init; }

    public DateTimeOffset? FirstAt { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    public long[] Total { get; init; } = [];

    /// <summary>By day, as days since 1 January 0001.</summary>
    public SortedDictionary<int, long[]> Days { get; init; } = [];

    /// <summary>What is older, by month: year · 12 + month − 1.</summary>
    public SortedDictionary<int, long[]> Months { get; init; } = [];

    public SortedDictionary<string, long[]> Segments { get; init; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, long> Reasons { get; init; } = new(StringComparer.Ordinal);

    public IReadOnlyList<ConfidenceDocument> Models { get; init; } = [];

    public SortedDictionary<string, ReviewerDocument> Reviewers { get; init; } = new(StringComparer.Ordinal);

    public long[] Handling { get; init; } = [];

    public long[] Waiting { get; init; } = [];

    public IReadOnlyList<MetricReading> Metric { get; init; } = [];

    public IReadOnlyList<MetricReading> Guard { get; init; } = [];

    public IReadOnlyList<ScorecardChange> Changes { get; init; } = [];

    internal sealed record ConfidenceDocument(string? Model, long Since, long LastSeen, long Outcomes, long Errors, long[] Seen, long[] Right, long[] Wrong);

    internal sealed record ReviewerDocument(long Answers, long Agreed, long Abstained, long Quick, long KnownWrong, long Missed, long KnownRight, long FalseAlarms, DateTimeOffset LastAnswerAt, long[] Handling);
}
