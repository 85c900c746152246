using HumanLoop.Adapting;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Reporting;

/// <summary>All that a scorecard is made from.</summary>
internal sealed record ScorecardSources
{
    public required Tally Tally { get; init; }

    public required DateTimeOffset Now { get; init; }

    public Charter? Charter { get; init; }

    public ThresholdSettings? Settings { get; init; }

    public bool IsPaused { get; init; }

    public IReadOnlyList<(LiveThreshold Live, ThresholdForecast? Forecast)> Thresholds { get; init; } = [];

    public string? ThresholdProblem { get; init; }

    public required QueueMeasure Queue { get; init; }
}
