namespace HumanLoop.Journaling;

/// <summary>The workflow was resumed.</summary>
public sealed record WorkflowResumed : JournalEntry;
