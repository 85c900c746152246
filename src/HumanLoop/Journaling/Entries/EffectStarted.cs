namespace HumanLoop.Journaling;

/// <summary>An attempt at an effect began.</summary>
public sealed record EffectStarted : JournalEntry
{
    /// <summary>The process that makes it.</summary>
    public required string Holder { get; init; }

    /// <summary>Until when the process holds it.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }
}
