namespace HumanLoop.Journaling;

/// <summary>A person wrote a note on the review. What it says is payload.</summary>
public sealed record ReviewNoted : JournalEntry;
