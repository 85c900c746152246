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

    /// <summary>Adds the workflow's items of one state, as a store counts them by state.</summary>
    /// <param name="state">The state; items of a state that is not open change nothing.</param>
    /// <param name="count">How many items are in it.</param>
    /// <param name="overdue">How many of them are overdue.</param>
    /// <param name="oldestReady">The earliest <see cref="WorkItem.ReadyAt"/> among them.</param>
    /// <returns>The measure with them.</returns>
    public QueueMeasure Add(DecisionState state, long count, long overdue, DateTimeOffset oldestReady) => state switch
    {
        DecisionState.Pending or DecisionState.Claimed => this with
        {
            AwaitingVerdict = AwaitingVerdict + count,
            Claimed = state == DecisionState.Claimed ? Claimed + count : Claimed,
            Overdue = Overdue + overdue,
            OldestReady = OldestReady < oldestReady ? OldestReady : oldestReady,
        },
        DecisionState.ActDue or DecisionState.Acting => this with { Acting = Acting + count },
        DecisionState.DeadLetter => this with { DeadLetters = DeadLetters + count },
        _ => this,
    };
}
