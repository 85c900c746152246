namespace HumanLoop.Journaling;

/// <summary>A lease ran out; the work is free again.</summary>
public sealed record LeaseExpired : JournalEntry
{
    /// <summary>Who held it.</summary>
    public required string Holder { get; init; }
}
