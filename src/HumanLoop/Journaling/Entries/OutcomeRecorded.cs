namespace HumanLoop.Journaling;

/// <summary>An observation, or a person who knows the truth, told whether the AI was right.</summary>
public sealed record OutcomeRecorded : JournalEntry
{
    /// <summary>Whether the AI's original proposal was right.</summary>
    public required bool WasRight { get; init; }

    /// <summary>Whether it replaces the verdict; false for decisions that were not drawn.</summary>
    public required bool IsEvidence { get; init; }

    /// <summary>When it became known.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>Who or what reported it.</summary>
    public string? ReportedBy { get; init; }

    /// <summary>SHA-256 of the true proposal in canonical form; null where only right or wrong was said.</summary>
    public string? TruthFingerprint { get; init; }
}
