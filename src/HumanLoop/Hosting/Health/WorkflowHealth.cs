using HumanLoop.Diagnostics;
using HumanLoop.Queueing;

namespace HumanLoop.Hosting;

/// <summary>What is wrong with the store and with each workflow: settings that were refused, dead letters, overdue reviews, too few people.</summary>
internal sealed class WorkflowHealth(IEnumerable<Workflow> workflows, IReviewQueue queue, WorkQueue ledger) : IHealthSource
{
    public async ValueTask<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken)
    {
        var measures = await ledger.MeasureAsync(cancellationToken).ConfigureAwait(false);
        var problems = new List<string>(queue is IHealthSource health ? await health.FindProblemsAsync(cancellationToken).ConfigureAwait(false) : []);
        foreach (var workflow in workflows)
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

        return problems;
    }
}
