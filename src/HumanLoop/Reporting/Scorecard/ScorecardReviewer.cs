namespace HumanLoop.Reporting;

/// <summary>One reviewer's work since the first decision.</summary>
public sealed record ScorecardReviewer
{
    /// <summary>The reviewer; what comes after the first 200 is counted together as <c>(others)</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Verdicts.</summary>
    public long Answers { get; init; }

    /// <summary>The share of them that found the AI right.</summary>
    public RateEstimate? Agreement { get; init; }

    /// <summary>Half of them took no longer, in seconds; <see langword="null"/> when none was timed.</summary>
    public double? MedianHandlingSeconds { get; init; }

    /// <summary>The share of timed answers in less than 2 seconds: hardly read.</summary>
    public double? TooQuick { get; init; }

    /// <summary>Times that the reviewer could not say.</summary>
    public long Abstained { get; init; }

    /// <summary>The share of known errors that the reviewer passed as right; <see langword="null"/> where no answers are known.</summary>
    public RateEstimate? MissRate { get; init; }

    /// <summary>The share of proposals known to be right that the reviewer called wrong.</summary>
    public RateEstimate? FalseAlarmRate { get; init; }

    /// <summary>When the last verdict was given.</summary>
    public DateTimeOffset LastAnswerAt { get; init; }

    /// <summary>Whether the answers look as if the reviewer did not read: 20 or more timed, and over half of them too quick.</summary>
    public bool IsSuspect { get; init; }
}
