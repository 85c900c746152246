namespace HumanLoop.Reporting;

/// <summary>How a metric stands to its target.</summary>
public enum MetricStanding
{
    /// <summary>There is nothing to measure yet.</summary>
    NotMeasured = 0,

    /// <summary>The target is not reached.</summary>
    NotReached = 1,

    /// <summary>The value meets the target; chance might explain it.</summary>
    Reached = 2,

    /// <summary>The whole interval meets the target; a value without an interval that meets it counts as this.</summary>
    ReachedSurely = 3,
}
