namespace HumanLoop.Reporting;

/// <summary>How often the AI was wrong.</summary>
public sealed record ScorecardErrors
{
    /// <summary>The share of wrong ones among what went straight through in the recent period, estimated from its checks: each counts 1/p, p the probability with
    /// which it was looked at. Missing answers past their deadline count as wrong. <see langword="null"/> without checks.</summary>
    public RateEstimate? StraightThrough { get; init; }

    /// <summary>The same since the first decision.</summary>
    public RateEstimate? StraightThroughEver { get; init; }

    /// <summary>The share of wrong ones among all that was looked at before or after the act in the recent period, unweighted: hard cases are more than their
    /// share of it.</summary>
    public RateEstimate? LookedAt { get; init; }

    /// <summary>The largest error rate that is still possible, at all times and with the goal's confidence, at the thresholds in force: the worst of them;
    /// <see langword="null"/> while everything is reviewed.</summary>
    public double? Bound { get; init; }

    /// <summary>How sure that bound is, in (0, 1): one less the goal's risk; <see langword="null"/> when no settings are on record.</summary>
    public double? Sure { get; init; }

    /// <summary>The limit; <see langword="null"/> for a policy without one.</summary>
    public double? MaxErrorRate { get; init; }

    /// <summary>The goal as a sentence: "at most 5 % wrong, 95 % sure"; <see langword="null"/> for a policy without one.</summary>
    public string? Promise { get; init; }

    /// <summary>The errors of the recent period by cause.</summary>
    public IReadOnlyList<ScorecardCause> Causes { get; init; } = [];

    /// <summary>Outcomes of decisions that were not drawn, reported as wrong: shown, and never evidence, for complaints are a biased sample.</summary>
    public long ReportedWrong { get; init; }
}
