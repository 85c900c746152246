namespace HumanLoop.Reporting;

/// <summary>What people spent on it and what it spared them.</summary>
public sealed record ScorecardEffort
{
    /// <summary>Verdicts since the first decision.</summary>
    public long Verdicts { get; init; }

    /// <summary>Mean minutes from taking a review to its verdict, at most an hour each; <see langword="null"/> when none was timed.</summary>
    public double? MinutesPerReview { get; init; }

    /// <summary>Half of the reviews took no longer, in seconds.</summary>
    public double? MedianHandlingSeconds { get; init; }

    /// <summary>Half of the reviews waited no longer to be claimed, in seconds.</summary>
    public double? MedianWaitingSeconds { get; init; }

    /// <summary>People's minutes since the first decision; untimed reviews count like the mean.</summary>
    public double? MinutesSpent { get; init; }

    /// <summary>Minutes that people did not spend: for each decision that no person looked at those of a review or, where <c>Metric:Measure</c> is
    /// <c>HandlingMinutes</c>, the baseline for each decision less what was spent.</summary>
    public double? MinutesSaved { get; init; }

    /// <summary>Deadlines that passed without a verdict, since the first decision.</summary>
    public long Overdue { get; init; }

    /// <summary>Reviews sent up.</summary>
    public long Escalated { get; init; }

    /// <summary>Times that a reviewer could not say.</summary>
    public long Abstained { get; init; }
}
