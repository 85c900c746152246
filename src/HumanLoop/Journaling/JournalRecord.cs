namespace HumanLoop.Journaling;

/// <summary>An entry and where it stands in the journal.</summary>
/// <param name="Position">Positive and increasing; gaps are allowed.</param>
/// <param name="Entry">The entry.</param>
public sealed record JournalRecord(long Position, JournalEntry Entry);
