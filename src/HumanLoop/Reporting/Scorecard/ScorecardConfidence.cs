using HumanLoop.Assessing;

namespace HumanLoop.Reporting;

/// <summary>What one model's confidence is worth, by all that people looked at.</summary>
public sealed record ScorecardConfidence
{
    /// <summary>The model.</summary>
    public string? Model { get; init; }

    /// <summary>Decisions that could have gone straight through.</summary>
    public long Decisions { get; init; }

    /// <summary>How many of them were found right or wrong.</summary>
    public long Outcomes { get; init; }

    /// <summary>How many of these were wrong.</summary>
    public long Errors { get; init; }

    /// <summary>The largest share of decisions whose confidence lies in one of the narrow bins: close to 1 where nearly all are the same; 0 without
    /// decisions.</summary>
    public double LargestTie { get; init; }

    /// <summary>The chance that a right proposal is surer than a wrong one; 0.5 is a coin. <see langword="null"/> when either kind is missing.</summary>
    public double? Auroc { get; init; }

    /// <summary>The reliability diagram: bins of 0.1 that have outcomes, from the lowest.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; init; } = [];

    /// <summary>The risk–coverage curve, from strict to loose: at most 190 thresholds.</summary>
    public IReadOnlyList<RiskCoveragePoint> RiskCoverage { get; init; } = [];
}
