using System.CommandLine;
using System.Text.Json;
using HumanLoop.Adapting;
using HumanLoop.Diagnostics;
using HumanLoop.Reviewing;

namespace HumanLoop.Cli.Store;

/// <summary><c>humanloop status</c>: each workflow's threshold, what is behind it, and what waits.</summary>
internal sealed class StatusCommand : StoreCommand
{
    private readonly Option<string?> _workflow = new("--workflow") { Description = "Only this workflow." };

    internal StatusCommand()
        : base("status", "Shows each workflow's threshold, the evidence behind it, why it is closed and until when, and what waits for people.") => Add(_workflow);

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
            workflows.Add(new(workflow, settings?.Policy ?? "", paused, measure.AwaitingVerdict, measure.Overdue, measure.DeadLetters, [.. live.Select(Status)]));
        }

        Console.Out.WriteLine(json ? JsonSerializer.Serialize(new StatusReport(workflows), StoreJsonContext.Default.StatusReport) : Text(workflows));
        return ExitCodes.Done;
    }

    private static StatusReport.ThresholdStatus Status(LiveThreshold live)
    {
        var (state, evidence) = (live.State, live.State.Evidence);
        var earned = state as RiskControlledState;
        return new(
            live.Segment,
            live.Model,
            state.Threshold.IsReviewEverything ? null : state.Threshold.Value,
            state.IsEarned,
            earned?.IsGuaranteeVoid ?? false,
            state.WhyClosed(),
            evidence.Outcomes,
            evidence.Errors,
            evidence.Overdue,
            evidence.ErrorRateBound,
            state.Goal.MaxErrorRate,
            state.Goal.Risk,
            state.AuditProbability.Value,
            state.Epoch,
            live.Since,
            live.Waiting,
            live.ProposalId,
            earned is not null && ThresholdForecast.Of(earned) is { } forecast ? new(forecast.Decisions, forecast.P10, forecast.P50, forecast.P90) : null,
            earned?.Ranking is { Auroc: >= 0 } ranking ? new(ranking.Auroc, ranking.Low, ranking.High) : null,
            ThresholdText.Of(live, TimeProvider.System.GetUtcNow()));
    }

    private static string Text(List<StatusReport.WorkflowStatus> workflows) => workflows.Count == 0
        ? "There is no workflow in this store yet."
        : string.Join(Environment.NewLine, workflows.SelectMany(workflow => (string[])
        [
            $"{workflow.Workflow}{(workflow.Paused ? " (paused)" : "")}: {workflow.AwaitingVerdict} await a verdict, {workflow.Overdue} overdue, {workflow.DeadLetters} dead letters",
            .. workflow.Thresholds.Count == 0 ? ["  no decision was made yet"] : workflow.Thresholds.Select(threshold => $"  {threshold.Says}"),
        ]));
}
