namespace HumanLoop;

/// <summary>The number that says whether the workflow succeeds.</summary>
public sealed class MetricOptions
{
    /// <summary>What people call it, such as "refunds without a human".</summary>
    /// <value>Required.</value>
    public string Name { get; set; } = "";

    /// <summary>What is measured.</summary>
    /// <value>The default is <see cref="MetricMeasure.StraightThroughRate"/>.</value>
    public MetricMeasure Measure { get; set; }

    /// <summary>The target, where more is better.</summary>
    /// <value>A rate is a fraction in [0, 1]. Exactly one of <see cref="AtLeast"/> and <see cref="AtMost"/> is required.</value>
    public double? AtLeast { get; set; }

    /// <summary>The target, where less is better.</summary>
    /// <value>A rate is a fraction in [0, 1]. Exactly one of <see cref="AtLeast"/> and <see cref="AtMost"/> is required.</value>
    public double? AtMost { get; set; }

    /// <summary>The number before the automation.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public double? Baseline { get; set; }

    /// <summary>When the target should be reached.</summary>
    /// <value>A date such as 2027-03-31; the default is <see langword="null"/>.</value>
    public DateOnly? By { get; set; }

    /// <summary>A second number that must not get worse meanwhile.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public GuardOptions? Guard { get; set; }
}
