using System.Text.Json.Serialization;

namespace HumanLoop.Reporting;

/// <summary>The metric against its target.</summary>
public sealed record ScorecardMetric
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What is measured.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<MetricMeasure>))]
    public required MetricMeasure Measure { get; init; }

    /// <summary>The value over the recent period, or the last one that the application recorded; <see langword="null"/> when there is none.</summary>
    public double? Value { get; init; }

    /// <summary>The value with its interval, where it is a rate.</summary>
    public RateEstimate? Rate { get; init; }

    /// <summary>When a recorded value was measured; <see langword="null"/> for what the library measures itself.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>The target, where more is better.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The target, where less is better.</summary>
    public double? AtMost { get; init; }

    /// <summary>The number before the automation.</summary>
    public double? Baseline { get; init; }

    /// <summary>When the target should be reached.</summary>
    public DateOnly? By { get; init; }

    /// <summary>How it stands.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<MetricStanding>))]
    public required MetricStanding Standing { get; init; }

    /// <summary>When the target will be reached if the last four weeks' pace goes on; <see langword="null"/> when it is reached, or the pace does not lead there.
    /// A projection, not a promise.</summary>
    public DateOnly? ReachedAround { get; init; }

    /// <summary>Whether the date is kept at this pace; <see langword="null"/> without a date or a pace.</summary>
    public bool? IsOnTrack { get; init; }

    /// <summary>Whether the target is reached.</summary>
    public bool IsReached => Standing >= MetricStanding.Reached;
}
