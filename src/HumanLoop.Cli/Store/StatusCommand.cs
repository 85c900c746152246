using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HumanLoop.Adapting;
using HumanLoop.Assessing;
using HumanLoop.Cli.Answering;
using HumanLoop.Observing;
using HumanLoop.Queueing;

namespace HumanLoop.Cli.Store;

/// <summary><c>humanloop status</c>: each workflow's threshold, what is behind it, and what waits.</summary>
internal sealed class StatusCommand : StoreCommand
{
    private readonly Option<string?> _workflow = new("--workflow") { Description = "Only this workflow." };

    private readonly Option<bool> _health = new("--health") { Description = "Also measure what the confidence is worth, which reads the whole journal." };

    internal StatusCommand()
        : base("status", "Shows each workflow's threshold, the evidence behind it, why it is closed and until when, and what waits for people.")
    {
        Add(_workflow);
        Add(_health);
    }

    protected override async Task<int> RunAsync(OpenStore store, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        var measures = await store.Queue.MeasureAsync(cancellationToken).ConfigureAwait(false);
        var workflows = new List<StatusReport.WorkflowStatus>();
        foreach (var workflow in await store.WorkflowsAsync(parsed.GetValue(_workflow), cancellationToken).ConfigureAwait(false))
        {
            var measure = measures.FirstOrDefault(one => one.Workflow == workflow) ?? new QueueMeasure { Workflow = workflow };
            var live = await store.Thresholds.ReadAsync(workflow, OpenStore.ControllerOf, cancellationToken).ConfigureAwait(false);
            var settings = await store.Learning.ReadSettingsAsync(workflow, cancellationToken).ConfigureAwait(false);
            var paused = (await store.State.ReadAsync(workflow, "pause", cancellationToken).ConfigureAwait(false))?.Value == "paused";
            workflows.Add(new(workflow, settings?.Policy ?? "", paused, measure.AwaitingVerdict, measure.Overdue, measure.DeadLetters, [.. live.Select(Status)], parsed.GetValue(_health) ? await HealthAsync(store, workflow, cancellationToken).ConfigureAwait(false) : null));
        }

        Console.Out.WriteLine(json ? JsonSerializer.Serialize(new StatusReport(workflows), StoreJsonContext.Default.StatusReport) : Text(workflows));
        return ExitCodes.Done;
    }

    /// <summary>Each model's confidence against what people found, weighed by how likely they were to look.</summary>
    private static async Task<IReadOnlyList<StatusReport.HealthStatus>> HealthAsync(OpenStore store, string workflow, CancellationToken cancellationToken)
    {
        var models = new Dictionary<ModelKey, List<(Confidence Confidence, bool WasRight, double Weight)>>();
        await foreach (var decision in DecisionReader.ReadAsync(store, [workflow], cancellationToken).ConfigureAwait(false))
        {
            if (decision is { Eligible: true, Confidence: { } confidence, Correct: { } correct } && decision.Route != nameof(RouteKind.StraightThrough))
            {
                var key = new ModelKey(decision.Model);
                models.TryAdd(key, []);
                models[key].Add((confidence, correct, 1 / decision.ReviewProbability));
            }
        }

        return [.. models.OrderBy(pair => pair.Key.Model, StringComparer.Ordinal).Select(pair => Health(pair.Key.Model, ConfidenceHealth.Measure(pair.Value)))];
    }

    private static StatusReport.HealthStatus Health(string? model, ConfidenceHealth health)
    {
        var ranking = health.Ranking is { Auroc: >= 0 } known ? new StatusReport.RankingStatus(known.Auroc, known.Low, known.High) : null;
        var ranks = ranking is null ? "nothing to rank yet" : string.Create(CultureInfo.InvariantCulture, $"AUROC {ranking.Auroc:0.00} ({ranking.Low:0.00} to {ranking.High:0.00}; 0.5 is a coin)");
        var says = string.Create(CultureInfo.InvariantCulture, $"confidence{(model is null ? "" : $" of model {model}")}: {(health.Problems.Count == 0 ? "sound" : string.Join(", ", health.Problems))}; {ranks}; calibration error {health.CalibrationError:0.000}, claims {health.Overconfidence:+0.000;-0.000;0} more than it keeps, over {health.Outcomes} outcomes");
        return new(model, health.Outcomes, health.Problems, ranking, health.CalibrationError, health.Overconfidence, health.Reliability, says);
    }

    private static StatusReport.ThresholdStatus Status(StandingThreshold standing)
    {
        var live = standing.Described(TimeProvider.System.GetUtcNow());
        var evidence = live.Evidence;
        var promising = standing.State as RiskControlledState;
        return new(
            live.Segment,
            live.Model,
            live.Threshold.IsReviewEverything ? null : live.Threshold.Value,
            live.IsEarned,
            live.IsGuaranteeVoid,
            live.WhyClosed,
            evidence.Outcomes,
            evidence.Errors,
            evidence.Overdue,
            evidence.ErrorRateBound,
            live.Goal.MaxErrorRate,
            live.Goal.Risk,
            live.AuditProbability.Value,
            live.Epoch,
            live.Since,
            live.Waiting,
            live.ProposalId,
            promising is not null && ThresholdForecast.Of(promising) is { } forecast ? new(forecast.Decisions, forecast.P10, forecast.P50, forecast.P90) : null,
            promising?.Ranking is { Auroc: >= 0 } ranking ? new(ranking.Auroc, ranking.Low, ranking.High) : null,
            live.Says);
    }

    private static string Text(List<StatusReport.WorkflowStatus> workflows) => workflows.Count == 0
        ? "There is no workflow in this store yet."
        : string.Join(Environment.NewLine, workflows.SelectMany(workflow => (string[])
        [
            $"{workflow.Workflow}{(workflow.Paused ? " (paused)" : "")}: {workflow.AwaitingVerdict} await a verdict, {workflow.Overdue} overdue, {workflow.DeadLetters} dead letters",
            .. workflow.Thresholds.Count == 0 ? ["  no decision was made yet"] : workflow.Thresholds.Select(threshold => $"  {threshold.Says}"),
            .. (workflow.Health ?? []).Select(health => $"  {health.Says}"),
        ]));

    /// <summary>A model's name, which may be missing.</summary>
    private readonly record struct ModelKey(string? Model);
}
