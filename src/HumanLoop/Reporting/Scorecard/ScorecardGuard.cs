namespace HumanLoop.Reporting;

/// <summary>The number that must not get worse meanwhile.</summary>
public sealed record ScorecardGuard
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The last value that the application recorded; <see langword="null"/> when there is none.</summary>
    public double? Value { get; init; }

    /// <summary>When it was measured.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>Its lower limit.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Its upper limit.</summary>
    public double? AtMost { get; init; }

    /// <summary>Whether the last value is beyond the limit.</summary>
    public bool IsMissed => Value < AtLeast || Value > AtMost;
}
