namespace HumanLoop.Journaling;

/// <summary>The attempts at an effect failed.</summary>
public sealed record EffectFailed : JournalEntry
{
    /// <summary>The type of the last exception; its text is payload.</summary>
    public required string Error { get; init; }

    /// <summary>How many attempts had been made in all.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is tried again; null when the retries are used up and it is a dead letter.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
