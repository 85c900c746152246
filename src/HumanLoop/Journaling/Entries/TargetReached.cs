namespace HumanLoop.Journaling;

/// <summary>The workflow's metric reached its target; written once, until it has been missed and is reached again.</summary>
public sealed record TargetReached : JournalEntry
{
    /// <summary>The metric's name.</summary>
    public required string Metric { get; init; }
}
