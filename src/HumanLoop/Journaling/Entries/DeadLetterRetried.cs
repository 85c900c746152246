namespace HumanLoop.Journaling;

/// <summary>A person asked for another round of attempts.</summary>
public sealed record DeadLetterRetried : JournalEntry;
