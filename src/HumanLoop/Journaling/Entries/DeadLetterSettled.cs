namespace HumanLoop.Journaling;

/// <summary>A person settled the dead letter by other means.</summary>
public sealed record DeadLetterSettled : JournalEntry
{
    /// <summary>What was done, in the person's words.</summary>
    public string? Note { get; init; }
}
