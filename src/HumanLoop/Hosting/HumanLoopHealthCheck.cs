using HumanLoop.Acting;
using HumanLoop.Diagnostics;
using HumanLoop.Notifying;
using HumanLoop.Queueing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HumanLoop.Hosting;

/// <summary>Unhealthy when the store does not answer; Degraded when something waits for the owner.</summary>
internal sealed class HumanLoopHealthCheck(LoopStart start, IReviewQueue queue, ReviewLedger ledger, WorkflowCatalog catalog, Dispatcher dispatcher, IWebhookControl webhooks, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(60);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<QueueMeasure> measures;
        var problems = new List<string>();
        try
        {
            await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            measures = await ledger.MeasureAsync(cancellationToken).ConfigureAwait(false);
            problems.AddRange((await webhooks.GetStatusAsync(cancellationToken).ConfigureAwait(false)).Select(webhook => webhook.Problem(time.GetUtcNow())).OfType<string>());
            problems.AddRange(queue is IStoreHealth health ? await health.FindProblemsAsync(cancellationToken).ConfigureAwait(false) : []);
        }
        catch (HumanLoopException unreachable)
        {
            return new(context.Registration.FailureStatus, unreachable.Message);
        }

        foreach (var workflow in catalog.All)
        {
            if (workflow.Settings.ReloadProblem is { } problem)
            {
                problems.Add($"the changed settings of '{workflow.Name}' are refused: {problem}");
            }

            if (measures.FirstOrDefault(measure => measure.Workflow == workflow.Name) is not { } measure)
            {
                continue;
            }

            if (measure.DeadLetters > 0)
            {
                problems.Add($"'{workflow.Name}' has {measure.DeadLetters} dead letters");
            }

            if (measure.Overdue > 0)
            {
                problems.Add($"'{workflow.Name}' has {measure.Overdue} overdue reviews");
            }

            if (workflow.IsBehind || measure.AwaitingVerdict >= workflow.Options.Review.MaxPending)
            {
                problems.Add($"people do not keep up with '{workflow.Name}': {measure.AwaitingVerdict} reviews wait");
            }
        }

        if (dispatcher.SinceLastFetch is { } silence && silence > FetchLimit)
        {
            problems.Add($"the dispatcher has fetched nothing for {silence:c}");
        }

        return problems.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join("; ", problems));
    }
}
