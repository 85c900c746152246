namespace HumanLoop.Queueing;

/// <summary>What time does to a workflow's work.</summary>
public sealed record SweepPolicy
{
    /// <summary>The workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>What an overdue review does.</summary>
    public WhenOverdue WhenOverdue { get; init; }

    /// <summary>Who is told of overdue work, in turn; the last is the owner.</summary>
    public IReadOnlyList<string> Escalation { get; init; } = [];

    /// <summary>How long each person up has.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Whether an attempt that ended unknown may be repeated; if not, it goes to a person.</summary>
    public bool IsIdempotent { get; init; } = true;

    /// <summary>After how many attempts that ended unknown an effect is a dead letter.</summary>
    public int MaxAttempts { get; init; } = 6;

    /// <summary>How long after its end a decision's data is kept; <see langword="null"/> for ever.</summary>
    public TimeSpan? PayloadRetention { get; init; }

    /// <summary>How long after its end a decision's id is remembered.</summary>
    public TimeSpan IdempotencyWindow { get; init; } = TimeSpan.FromDays(30);
}
