namespace HumanLoop.Journaling;

/// <summary>An attempt ended unknown and the handler is not idempotent: a person decides what to do.</summary>
public sealed record EffectUncertain : JournalEntry
{
    /// <summary>By when that person should answer; null for no deadline.</summary>
    public DateTimeOffset? Due { get; init; }
}
