namespace HumanLoop.Reporting;

/// <summary>What one threshold would let through.</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="Coverage">The share of decisions at or above it.</param>
/// <param name="ErrorRate">The share of wrong ones among these, by what was looked at, each weighed by 1/p.</param>
public readonly record struct RiskCoveragePoint(double Threshold, double Coverage, double ErrorRate);
