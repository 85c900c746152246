namespace HumanLoop.Journaling;

/// <summary>A reviewer could not say; the review goes to another reviewer.</summary>
public sealed record ReviewerAbstained : JournalEntry
{
    /// <summary>Who alone is asked now, when too many abstained; null for anybody else.</summary>
    public string? EscalatedTo { get; init; }
}
