namespace HumanLoop.Journaling;

/// <summary>A reviewer decided.</summary>
public sealed record VerdictGiven : JournalEntry
{
    /// <summary>What was found.</summary>
    public required VerdictFacts Verdict { get; init; }

    /// <summary>The effect that follows.</summary>
    public required Effect Effect { get; init; }

    /// <summary>Until when it can be taken back; null where there is no window.</summary>
    public DateTimeOffset? UndoUntil { get; init; }
}
