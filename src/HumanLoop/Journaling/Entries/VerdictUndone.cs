namespace HumanLoop.Journaling;

/// <summary>A reviewer took the verdict back within the undo window.</summary>
public sealed record VerdictUndone : JournalEntry;
