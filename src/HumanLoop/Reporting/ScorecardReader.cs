using HumanLoop.Adapting;
using HumanLoop.Journaling;
using HumanLoop.Observing;
using HumanLoop.Queueing;

namespace HumanLoop.Reporting;

/// <summary>Gathers what a scorecard is made from out of a store.</summary>
internal sealed class ScorecardReader(TallyStore tallies, CharterStore charters, LearningStore learning, ThresholdReader thresholds, WorkQueue ledger, IWorkflowState state, Forecasts forecasts, TimeProvider time)
{
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="charter">The charter; null for the one in the store.</param>
    /// <param name="controllers">Makes the controllers.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<Scorecard> ReadAsync(string workflow, Charter? charter, Func<ThresholdSettings, IThresholdController> controllers, CancellationToken cancellationToken)
    {
        IReadOnlyList<StandingThreshold> live = [];
        string? problem = null;
        try
        {
            live = await thresholds.ReadAsync(workflow, controllers, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException unknown)
        {
            problem = unknown.Message;
        }

        var measures = await ledger.MeasureAsync(cancellationToken).ConfigureAwait(false);
        return ScorecardMaker.Make(new()
        {
            Tally = await tallies.ReadAsync(workflow, cancellationToken).ConfigureAwait(false),
            Now = time.GetUtcNow(),
            Charter = charter ?? await charters.ReadAsync(workflow, cancellationToken).ConfigureAwait(false),
            Settings = await learning.ReadSettingsAsync(workflow, cancellationToken).ConfigureAwait(false),
            IsPaused = (await state.ReadAsync(workflow, "pause", cancellationToken).ConfigureAwait(false))?.Value == "paused",
            Thresholds = [.. live.Select(one => (one.Live, forecasts.Of(workflow, one)))],
            ThresholdProblem = problem,
            Queue = measures.FirstOrDefault(one => one.Workflow == workflow) ?? new QueueMeasure { Workflow = workflow },
        });
    }
}
