namespace HumanLoop;

/// <summary>The record of one change of a threshold, or of a proposal to change it: what, why, by whom, on which evidence, for which goal.</summary>
/// <remarks>When it happened is for the journal to say. Immutable.</remarks>
public sealed record ThresholdChange
{
    /// <summary>The threshold in force before.</summary>
    public required Threshold From { get; init; }

    /// <summary>The threshold in force from now on; the proposed one in a proposal.</summary>
    public required Threshold To { get; init; }

    /// <summary>Why: one of <see cref="ThresholdReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>The evidence at <see cref="To"/>; for an alarm that at <see cref="From"/>, which no longer counts.</summary>
    public required ThresholdEvidence Evidence { get; init; }

    /// <summary>The goal that it was measured by.</summary>
    public required ThresholdGoal Goal { get; init; }

    /// <summary>The epoch from now on.</summary>
    public required int Epoch { get; init; }

    /// <summary>The sequence number of the newest decision that the controller knew.</summary>
    public required long Sequence { get; init; }

    /// <summary>Who did it; <see langword="null"/> for the library itself.</summary>
    public string? Actor { get; init; }

    /// <summary>Whether this only proposes: the threshold in force is still <see cref="From"/>.</summary>
    public bool IsProposal { get; init; }

    /// <summary>Whether the threshold in force is looser than what was earned because a person forced it: nothing is promised.</summary>
    public bool GuaranteeVoid { get; init; }
}
