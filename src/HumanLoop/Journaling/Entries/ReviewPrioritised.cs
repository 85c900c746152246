namespace HumanLoop.Journaling;

/// <summary>The review became more or less urgent.</summary>
public sealed record ReviewPrioritised : JournalEntry
{
    /// <summary>Higher is more urgent.</summary>
    public required int Priority { get; init; }
}
