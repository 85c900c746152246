using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Observing;

/// <summary>Reads the journal again from its beginning and compares what it says with what is stored.</summary>
internal sealed class JournalVerification(IReviewQueue queue, IDecisionJournal journal, IReadOnlyList<IJournalProjection> projections)
{
    private const int PageSize = 1_000;
    private const int LongestStream = 100_000;

    /// <summary>Entries read.</summary>
    public long Entries { get; private set; }

    /// <summary>Decisions whose state was made again and compared.</summary>
    public long Decisions { get; private set; }

    /// <summary>Changes of thresholds that were made again and compared.</summary>
    public long Changes { get; private set; }

    /// <summary>Workflows whose thresholds were made again.</summary>
    public long Workflows { get; private set; }

    /// <summary>Verifies everything.</summary>
    /// <returns>What does not agree; empty when all does.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<string> workflows, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var checks = new Dictionary<string, List<IProjectionCheck>>(StringComparer.Ordinal);
        foreach (var workflow in workflows)
        {
            checks[workflow] = await BeginAsync(workflow, problems, cancellationToken).ConfigureAwait(false);
        }

        for (var after = 0L; ;)
        {
            var page = await journal.ReadAsync(after, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var record in page)
            {
                Entries++;
                if (record.Entry is DecisionRouted { Version: 1 } routed)
                {
                    await CompareAsync(routed, problems, cancellationToken).ConfigureAwait(false);
                }

                if (!checks.TryGetValue(record.Entry.Workflow, out var begun))
                {
                    continue;
                }

                Changes += record.Entry is ThresholdChanged ? 1 : 0;
                foreach (var check in begun)
                {
                    await check.ApplyAsync(record, cancellationToken).ConfigureAwait(false);
                }
            }

            if (page.Count < PageSize)
            {
                break;
            }

            after = page[^1].Position;
        }

        problems.AddRange(checks.Values.SelectMany(begun => begun).SelectMany(check => check.Finish()));
        return problems;
    }

    private async Task<List<IProjectionCheck>> BeginAsync(string workflow, List<string> problems, CancellationToken cancellationToken)
    {
        var begun = new List<IProjectionCheck>();
        foreach (var projection in projections)
        {
            try
            {
                begun.Add(await projection.CheckAsync(workflow, cancellationToken).ConfigureAwait(false));
            }
            catch (InvalidOperationException unknown)
            {
                problems.Add($"{workflow}: {unknown.Message}");
            }
        }

        Workflows += begun.Count == projections.Count ? 1 : 0;
        return begun;
    }

    /// <summary>A decision's row against its own journal. A row that was forgotten has nothing to compare.</summary>
    private async Task CompareAsync(DecisionRouted routed, List<string> problems, CancellationToken cancellationToken)
    {
        // The row first: what happens meanwhile is in the journal and not yet in the row that was read.
        var item = await queue.GetAsync(routed.Workflow, routed.DecisionId, cancellationToken).ConfigureAwait(false);
        if (item is null)
        {
            return;
        }

        Decisions++;
        var stream = await journal.ReadDecisionAsync(routed.Workflow, routed.DecisionId, 0, LongestStream, cancellationToken).ConfigureAwait(false);
        try
        {
            var again = WorkItem.Replay(stream.Select(record => record.Entry).TakeWhile(entry => entry.Version <= item.Version));
            if (!WorkItemJson.Write(again).AsSpan().SequenceEqual(WorkItemJson.Write(item with { Outbox = [] })))
            {
                problems.Add($"{routed.Workflow}/{routed.DecisionId}: the row says {item.State} at version {item.Version}, its journal {again.State} at version {again.Version}.");
            }
        }
        catch (ArgumentException broken)
        {
            problems.Add($"{routed.Workflow}/{routed.DecisionId}: {broken.Message}");
        }
    }
}
