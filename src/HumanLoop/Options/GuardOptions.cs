namespace HumanLoop;

/// <summary>A number that must not get worse while the metric gets better.</summary>
public sealed class GuardOptions
{
    /// <summary>What people call it, such as "complaints per 1,000".</summary>
    /// <value>Required.</value>
    public string Name { get; set; } = "";

    /// <summary>Its lower limit.</summary>
    /// <value>Exactly one of <see cref="AtLeast"/> and <see cref="AtMost"/> is required.</value>
    public double? AtLeast { get; set; }

    /// <summary>Its upper limit.</summary>
    /// <value>Exactly one of <see cref="AtLeast"/> and <see cref="AtMost"/> is required.</value>
    public double? AtMost { get; set; }
}
