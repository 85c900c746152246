namespace HumanLoop.Reporting;

/// <summary>How much of what acts alone is checked, and where that settles.</summary>
public sealed record ScorecardChecks
{
    /// <summary>Checks as a share of all decisions of the recent period; <see langword="null"/> without decisions.</summary>
    public double? ShareNow { get; init; }

    /// <summary>The probability with which what goes straight through now is checked, the highest of the thresholds in force; <see langword="null"/> while
    /// everything is reviewed.</summary>
    public double? ProbabilityNow { get; init; }

    /// <summary>The share of all decisions that checking settles at: <c>Threshold:AuditBudget</c>; <see langword="null"/> when no settings are on record.</summary>
    public double? SettlesAt { get; init; }
}
