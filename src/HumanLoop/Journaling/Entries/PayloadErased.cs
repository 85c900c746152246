namespace HumanLoop.Journaling;

/// <summary>The decision's data was erased; the facts stay.</summary>
public sealed record PayloadErased : JournalEntry;
