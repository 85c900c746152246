using HumanLoop.Adapting;
using HumanLoop.Observing;
using HumanLoop.Reviewing;

namespace HumanLoop.Reporting;

/// <summary>Gathers what a scorecard is made from out of a store.</summary>
internal sealed class ScorecardReader(TallyStore tallies, CharterStore charters, LearningStore learning, ThresholdReader thresholds, IReviewQueue queue, IWorkflowState state, TimeProvider time)
{
    /// <summary>Forecasts by workflow, segment and model, and what they were made from: a simulation is not run again for nothing.</summary>
    private readonly Dictionary<(string Workflow, string? Segment, string? Model), (string State, ThresholdForecast? Forecast)> _forecasts = [];
    private readonly Lock _gate = new();

    /// <param name="workflow">The workflow's name.</param>
    /// <param name="charter">The charter; null for the one in the store.</param>
    /// <param name="controllers">Makes the controllers.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<Scorecard> ReadAsync(string workflow, Charter? charter, Func<ThresholdSettings, IThresholdController> controllers, CancellationToken cancellationToken)
    {
        IReadOnlyList<LiveThreshold> live = [];
        string? problem = null;
        try
        {
            live = await thresholds.ReadAsync(workflow, controllers, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException unknown)
        {
            problem = unknown.Message;
        }

        var measures = await queue.MeasureAsync(cancellationToken).ConfigureAwait(false);
        return ScorecardMaker.Make(new()
        {
            Tally = await tallies.ReadAsync(workflow, cancellationToken).ConfigureAwait(false),
            Now = time.GetUtcNow(),
            Charter = charter ?? await charters.ReadAsync(workflow, cancellationToken).ConfigureAwait(false),
            Settings = await learning.ReadSettingsAsync(workflow, cancellationToken).ConfigureAwait(false),
            IsPaused = (await state.ReadAsync(workflow, "pause", cancellationToken).ConfigureAwait(false))?.Value == "paused",
            Thresholds = [.. live.Select(one => (one, Forecast(workflow, one)))],
            ThresholdProblem = problem,
            Queue = measures.FirstOrDefault(one => one.Workflow == workflow) ?? new QueueMeasure { Workflow = workflow },
        });
    }

    private ThresholdForecast? Forecast(string workflow, LiveThreshold live)
    {
        if (live.State is not RiskControlledState { IsEarned: false } state)
        {
            return null;
        }

        var key = (workflow, live.Segment, live.Model);
        var saved = state.Save();
        lock (_gate)
        {
            if (_forecasts.TryGetValue(key, out var known) && known.State == saved)
            {
                return known.Forecast;
            }
        }

        var forecast = ThresholdForecast.Of(state);
        lock (_gate)
        {
            _forecasts[key] = (saved, forecast);
        }

        return forecast;
    }
}
