namespace HumanLoop.Journaling;

/// <summary>The holder keeps the lease for longer.</summary>
public sealed record LeaseExtended : JournalEntry
{
    /// <summary>Until when.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }
}
