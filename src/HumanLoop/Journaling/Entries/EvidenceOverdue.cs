namespace HumanLoop.Journaling;

/// <summary>The answer is still missing at the evidence deadline and counts as wrong until it comes.</summary>
public sealed record EvidenceOverdue : JournalEntry;
