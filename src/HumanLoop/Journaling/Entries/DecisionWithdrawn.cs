namespace HumanLoop.Journaling;

/// <summary>The decision was taken back before it acted.</summary>
public sealed record DecisionWithdrawn : JournalEntry
{
    /// <summary>Why, in the caller's words.</summary>
    public required string Reason { get; init; }

    /// <summary>The decision that took its place; empty when it was only taken back.</summary>
    public DecisionId SupersededBy { get; init; }
}
