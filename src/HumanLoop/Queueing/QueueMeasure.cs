namespace HumanLoop.Queueing;

/// <summary>How much one workflow has open.</summary>
public sealed record QueueMeasure
{
    /// <summary>The workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>Reviews that wait for a person or are held by one.</summary>
    public long AwaitingVerdict { get; init; }

    /// <summary>How many of them a person holds.</summary>
    public long Claimed { get; init; }

    /// <summary>How many of them are overdue.</summary>
    public long Overdue { get; init; }

    /// <summary>Since when the oldest review waits; <see langword="null"/> when none does.</summary>
    public DateTimeOffset? OldestReady { get; init; }

    /// <summary>Effects that are due or under way.</summary>
    public long Acting { get; init; }

    /// <summary>Dead letters.</summary>
    public long DeadLetters { get; init; }
}
