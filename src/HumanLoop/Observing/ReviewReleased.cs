namespace HumanLoop.Observing;

/// <summary>The holder gave the review back.</summary>
public sealed record ReviewReleased : JournalEntry;
