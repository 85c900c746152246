namespace HumanLoop.Observing;

/// <summary>The workflow was resumed.</summary>
public sealed record WorkflowResumed : JournalEntry;
