namespace HumanLoop.Journaling;

/// <summary>The workflow was paused: everything goes to a person.</summary>
public sealed record WorkflowPaused : JournalEntry
{
    /// <summary>Why, in that person's words.</summary>
    public required string Reason { get; init; }
}
