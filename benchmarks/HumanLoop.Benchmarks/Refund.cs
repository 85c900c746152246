namespace HumanLoop.Benchmarks;

/// <summary>A small proposal, as a classifier's or an extraction's would be.</summary>
public sealed record Refund(decimal Amount, string Customer);
