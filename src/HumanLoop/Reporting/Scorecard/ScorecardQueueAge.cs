namespace HumanLoop.Reporting;

/// <summary>How many open reviews are of one age.</summary>
/// <param name="Age">The age, in words.</param>
/// <param name="Reviews">How many.</param>
public sealed record ScorecardQueueAge(string Age, long Reviews);
