namespace HumanLoop.Journaling;

/// <summary>The holder gave the review back.</summary>
public sealed record ReviewReleased : JournalEntry;
