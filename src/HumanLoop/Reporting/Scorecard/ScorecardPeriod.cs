namespace HumanLoop.Reporting;

/// <summary>What went where in a period, by the day the decisions were routed.</summary>
public sealed record ScorecardPeriod
{
    /// <summary>All decisions.</summary>
    public long Decisions { get; init; }

    /// <summary>How many acted without waiting for a person, checked ones included.</summary>
    public long StraightThrough { get; init; }

    /// <summary>How many of these were drawn to be checked.</summary>
    public long Checks { get; init; }

    /// <summary>How many a rule, the scope or a missing confidence sent to a person.</summary>
    public long NotEligible { get; init; }

    /// <summary>Verdicts given in the period.</summary>
    public long Verdicts { get; init; }

    /// <summary>The share that acted without waiting; <see langword="null"/> without decisions.</summary>
    public RateEstimate? StraightThroughRate { get; init; }

    /// <summary>The share that a person looks at, before or after the act.</summary>
    public RateEstimate? TouchedRate { get; init; }

    internal static ScorecardPeriod Of(TallyCounts counts)
    {
        var decisions = counts[TallyColumn.Decisions];
        return new()
        {
            Decisions = decisions,
            StraightThrough = counts[TallyColumn.StraightThrough],
            Checks = counts[TallyColumn.Audits],
            NotEligible = counts[TallyColumn.Ineligible],
            Verdicts = counts.Verdicts,
            StraightThroughRate = RateEstimate.From(counts[TallyColumn.StraightThrough], decisions),
            TouchedRate = RateEstimate.From(decisions - counts.Untouched, decisions),
        };
    }
}
