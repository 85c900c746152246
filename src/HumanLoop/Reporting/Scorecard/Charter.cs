using System.Text.Json.Serialization;

namespace HumanLoop.Reporting;

/// <summary>What a workflow was set up for: who owns it, what it should reach by when, and what must not get worse.</summary>
/// <remarks>Immutable.</remarks>
public sealed record Charter
{
    /// <summary>The one person who owns it.</summary>
    public required string Owner { get; init; }

    /// <summary>Whether it acts.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<WorkflowMode>))]
    public WorkflowMode Mode { get; init; }

    /// <summary>The segments in scope; empty for all.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>What people call the metric.</summary>
    public required string MetricName { get; init; }

    /// <summary>What is measured.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<MetricMeasure>))]
    public MetricMeasure Measure { get; init; }

    /// <summary>The target, where more is better.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The target, where less is better.</summary>
    public double? AtMost { get; init; }

    /// <summary>The number before the automation.</summary>
    public double? Baseline { get; init; }

    /// <summary>When the target should be reached.</summary>
    public DateOnly? By { get; init; }

    /// <summary>What people call the guard; <see langword="null"/> for none.</summary>
    public string? GuardName { get; init; }

    /// <summary>The guard's lower limit.</summary>
    public double? GuardAtLeast { get; init; }

    /// <summary>The guard's upper limit.</summary>
    public double? GuardAtMost { get; init; }

    /// <summary>Whether the library calls a handler; else the caller acts.</summary>
    public bool HasHandler { get; init; }

    internal static Charter Of(WorkflowOptions options, bool hasHandler) => new()
    {
        Owner = options.Owner,
        Mode = options.Mode,
        Segments = [.. options.Scope.Segments],
        MetricName = options.Metric.Name,
        Measure = options.Metric.Measure,
        AtLeast = options.Metric.AtLeast,
        AtMost = options.Metric.AtMost,
        Baseline = options.Metric.Baseline,
        By = options.Metric.By,
        GuardName = options.Metric.Guard?.Name,
        GuardAtLeast = options.Metric.Guard?.AtLeast,
        GuardAtMost = options.Metric.Guard?.AtMost,
        HasHandler = hasHandler,
    };
}
