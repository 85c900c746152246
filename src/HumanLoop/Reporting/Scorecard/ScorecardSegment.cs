namespace HumanLoop.Reporting;

/// <summary>One slice of traffic since the first decision.</summary>
public sealed record ScorecardSegment
{
    /// <summary>The segment; empty for decisions without one, <c>(others)</c> for what comes after the first 64.</summary>
    public required string Name { get; init; }

    /// <summary>What went where.</summary>
    public required ScorecardPeriod Traffic { get; init; }

    /// <summary>The share of wrong ones among what went straight through, estimated from its checks.</summary>
    public RateEstimate? StraightThroughErrors { get; init; }

    /// <summary>Reviews that are open.</summary>
    public long Open { get; init; }
}
