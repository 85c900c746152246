namespace HumanLoop;

/// <summary>What a workflow's success is measured by.</summary>
public enum MetricMeasure
{
    /// <summary>The share of decisions that act without waiting for a person, in [0, 1].</summary>
    StraightThroughRate = 0,

    /// <summary>Minutes of people's time per decision.</summary>
    HandlingMinutes = 1,

    /// <summary>The share of decisions that went straight through and were wrong, in [0, 1].</summary>
    ErrorRate = 2,

    /// <summary>The application's own number.</summary>
    Custom = 3,
}
