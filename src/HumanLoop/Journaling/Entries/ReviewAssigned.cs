namespace HumanLoop.Journaling;

/// <summary>The review was given to one person, or freed for all.</summary>
public sealed record ReviewAssigned : JournalEntry
{
    /// <summary>Who alone may claim it; null for anybody.</summary>
    public string? To { get; init; }
}
