namespace HumanLoop.Journaling;

/// <summary>A deadline passed without a verdict: the next person up is told, and the reviewers who could claim it still can.</summary>
public sealed record ReviewOverdue : JournalEntry
{
    /// <summary>Who is told; null where the workflow holds overdue work.</summary>
    public string? Told { get; init; }

    /// <summary>Who alone may claim it from now on, because whom it was assigned to did not answer; null where that stays as it is.</summary>
    public string? To { get; init; }

    /// <summary>The next deadline; null when no person further up is left.</summary>
    public DateTimeOffset? Due { get; init; }
}
