using HumanLoop.Journaling;
using HumanLoop.Observing;
using HumanLoop.Running;

namespace HumanLoop.Reporting;

/// <summary>The application's way to its scorecards.</summary>
internal sealed class Scorecards(Catalog<IReportedWorkflow> catalog, ScorecardReader reader, LearningStore store, StartGate start) : IScorecards
{
    public async Task<Scorecard> ReadAsync(string workflow, CancellationToken cancellationToken)
    {
        var known = catalog.Get(workflow);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var card = await reader.ReadAsync(known.Name, Charter.Of(known.Options, known.HasHandler), known.ControllerOf, cancellationToken).ConfigureAwait(false);
        return known.IsPaused && !card.IsPaused ? ScorecardMaker.Advised(card with { IsPaused = true }) : card;
    }

    public Task RecordMetricAsync(string workflow, double value, DateTimeOffset at, string? by, CancellationToken cancellationToken)
    {
        var metric = catalog.Get(workflow).Options.Metric;
        return metric.Measure == MetricMeasure.Custom
            ? RecordAsync(new() { Workflow = workflow, Name = metric.Name, Value = value, ObservedAt = at, Actor = by }, cancellationToken)
            : throw new InvalidOperationException($"Workflow '{workflow}': Metric:Measure is {metric.Measure}, which the library measures itself; a value can be recorded where it is {MetricMeasure.Custom}.");
    }

    public Task RecordGuardAsync(string workflow, double value, DateTimeOffset at, string? by, CancellationToken cancellationToken) =>
        catalog.Get(workflow).Options.Metric.Guard is { } guard
            ? RecordAsync(new() { Workflow = workflow, Name = guard.Name, IsGuard = true, Value = value, ObservedAt = at, Actor = by }, cancellationToken)
            : throw new InvalidOperationException($"Workflow '{workflow}': Metric:Guard is missing; set its Name and its AtLeast or AtMost before recording a value.");

    private async Task RecordAsync(MetricRecorded entry, CancellationToken cancellationToken)
    {
        if (!double.IsFinite(entry.Value))
        {
            throw new ArgumentException($"Workflow '{entry.Workflow}': a value of \"{entry.Name}\" must be a finite number, not {entry.Value}.", nameof(entry));
        }

        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await store.TellAsync(entry).WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
