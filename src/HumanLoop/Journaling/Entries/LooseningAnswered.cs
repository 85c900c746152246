namespace HumanLoop.Journaling;

/// <summary>The owner approved or rejected a proposal to loosen.</summary>
public sealed record LooseningAnswered : JournalEntry
{
    /// <summary>The proposal's <see cref="ThresholdChanged.ChangeId"/>.</summary>
    public required string ChangeId { get; init; }

    /// <summary>Whether it was approved.</summary>
    public required bool Approved { get; init; }
}
