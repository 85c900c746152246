namespace HumanLoop.Adapting;

/// <summary>What learning needs to know of a decision, fixed when it was made and never changed by what came after.</summary>
/// <remarks>Immutable.</remarks>
public readonly record struct ReviewedDecision
{
    /// <summary>The decision's place in the order of decisions: larger than that of every earlier one; gaps do not matter.</summary>
    public long Sequence { get; init; }

    /// <summary>The body of evidence that it belongs to; a controller ignores those of another epoch than its own.</summary>
    public int Epoch { get; init; }

    /// <summary>The confidence that was judged.</summary>
    public Confidence Confidence { get; init; }

    /// <summary>Whether it could have gone straight through: false when a rule, the scope or a missing confidence sent it to a person.</summary>
    public bool IsEligible { get; init; }

    /// <summary>Whether a person looks at it: it is under review, or was drawn to be checked.</summary>
    public bool IsDrawn { get; init; }

    /// <summary>Whether the AI acted without waiting for a person.</summary>
    public bool IsStraightThrough { get; init; }

    /// <summary>p: the probability with which a person looks at it.</summary>
    public ReviewProbability ReviewProbability { get; init; }

    /// <summary>φ: the lowest such probability, at that moment, for anything at or above the loosest threshold.</summary>
    public ReviewProbability LowestProbability { get; init; }

    /// <summary>Whether its outcome is evidence: eligible, with a usable confidence, and looked at.</summary>
    public bool IsEvidence => IsEligible && IsDrawn && Confidence.IsUsable;

    /// <summary>The rung of ω = φ/p, the weight of its outcome.</summary>
    internal int WeightRung => Math.Max(0, LowestProbability.Rung - ReviewProbability.Rung);
}
