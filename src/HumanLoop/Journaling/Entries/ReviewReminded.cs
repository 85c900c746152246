namespace HumanLoop.Journaling;

/// <summary>A review was sent up to the one who has it already: it stays there, and only the deadline starts anew.</summary>
public sealed record ReviewReminded : JournalEntry
{
    /// <summary>Who is reminded.</summary>
    public required string Told { get; init; }

    /// <summary>By when that person should answer.</summary>
    public DateTimeOffset? Due { get; init; }
}
