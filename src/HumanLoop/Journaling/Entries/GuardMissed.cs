namespace HumanLoop.Journaling;

/// <summary>The number that must not get worse did; written once, until it has been kept and is missed again.</summary>
public sealed record GuardMissed : JournalEntry
{
    /// <summary>The guard's name.</summary>
    public required string Guard { get; init; }
}
