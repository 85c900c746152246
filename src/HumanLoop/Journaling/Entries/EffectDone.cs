namespace HumanLoop.Journaling;

/// <summary>The effect took place.</summary>
public sealed record EffectDone : JournalEntry
{
    /// <summary>The idempotency key that it took place under.</summary>
    public required string Key { get; init; }
}
