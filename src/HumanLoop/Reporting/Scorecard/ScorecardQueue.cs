namespace HumanLoop.Reporting;

/// <summary>What waits for people and processes now.</summary>
public sealed record ScorecardQueue
{
    /// <summary>Reviews that wait for a person or are held by one.</summary>
    public long AwaitingVerdict { get; init; }

    /// <summary>How many of them a person holds.</summary>
    public long Claimed { get; init; }

    /// <summary>How many of them are overdue.</summary>
    public long Overdue { get; init; }

    /// <summary>Since when the oldest waits.</summary>
    public DateTimeOffset? OldestReady { get; init; }

    /// <summary>Effects that are due or under way.</summary>
    public long Acting { get; init; }

    /// <summary>Dead letters.</summary>
    public long DeadLetters { get; init; }

    /// <summary>Open reviews by the age of their decisions, the youngest first.</summary>
    public IReadOnlyList<ScorecardQueueAge> Ages { get; init; } = [];
}
