namespace HumanLoop.Journaling;

/// <summary>A reviewer took the review under a lease.</summary>
public sealed record ReviewClaimed : JournalEntry
{
    /// <summary>Who holds it.</summary>
    public required string Holder { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }
}
