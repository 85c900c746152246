namespace HumanLoop.Journaling;

/// <summary>An operator set a threshold, or took an earlier one back.</summary>
public sealed record ThresholdForced : JournalEntry
{
    /// <summary>The threshold; the default is to review everything.</summary>
    public Threshold Threshold { get; init; }

    /// <summary>Whether the one that was set earlier is taken back instead.</summary>
    public bool Released { get; init; }

    /// <summary>The segment whose own threshold it is; <see langword="null"/> for all thresholds of the workflow.</summary>
    public string? Segment { get; init; }

    /// <summary>Whether it may be looser than what was earned, which voids the promise.</summary>
    public bool MayVoidGuarantee { get; init; }

    /// <summary>Why, in that person's words.</summary>
    public required string Reason { get; init; }
}
