namespace HumanLoop.Journaling;

/// <summary>The undo window ended and the verdict stands.</summary>
public sealed record UndoWindowClosed : JournalEntry;
