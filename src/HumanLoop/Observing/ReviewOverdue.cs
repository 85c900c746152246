namespace HumanLoop.Observing;

/// <summary>A deadline passed without a verdict: the next person up is told, and anybody may still claim the review.</summary>
public sealed record ReviewOverdue : JournalEntry
{
    /// <summary>Who is told; null where the workflow holds overdue work.</summary>
    public string? Told { get; init; }

    /// <summary>The next deadline; null when nobody further up is left.</summary>
    public DateTimeOffset? Due { get; init; }
}
