namespace HumanLoop.Journaling;

/// <summary>A person sent the review up: only the new person may claim it.</summary>
public sealed record ReviewEscalated : JournalEntry
{
    /// <summary>Who is asked now.</summary>
    public required string To { get; init; }

    /// <summary>By when that person should answer.</summary>
    public DateTimeOffset? Due { get; init; }
}
