using System.Runtime.CompilerServices;
using System.Text;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Cli.Store;

/// <summary>Reads every decision of a store with what became of it, in the journal's order.</summary>
internal static class DecisionReader
{
    private const int PageSize = 1_000;
    private const int LongestStream = 100_000;

    public static async IAsyncEnumerable<ExportedDecision> ReadAsync(OpenStore store, IReadOnlyList<string> workflows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = 0L; ;)
        {
            var page = await store.Journal.ReadAsync(after, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var routed in page.Select(record => record.Entry).OfType<DecisionRouted>().Where(routed => routed.Golden is null && workflows.Contains(routed.Workflow)))
            {
                yield return await DecisionAsync(store, routed, cancellationToken).ConfigureAwait(false);
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            after = page[^1].Position;
        }
    }

    private static async Task<ExportedDecision> DecisionAsync(OpenStore store, DecisionRouted routed, CancellationToken cancellationToken)
    {
        // What the queue has forgotten, the journal still tells, without its data.
        var item = await store.Queue.GetAsync(routed.Workflow, routed.DecisionId, cancellationToken).ConfigureAwait(false)
            ?? WorkItem.Replay((await store.Journal.ReadDecisionAsync(routed.Workflow, routed.DecisionId, 0, LongestStream, cancellationToken).ConfigureAwait(false)).Select(record => record.Entry));
        return new(
            routed.Workflow,
            routed.DecisionId.Value,
            routed.At,
            routed.Segment,
            routed.Model,
            routed.Confidence.IsUsable ? routed.Confidence.Value : null,
            routed.Route.Kind.ToString(),
            routed.Route.Reason,
            routed.Eligible,
            routed.ReviewProbability.Value,
            item.Verdict?.Kind.ToString(),
            item.Payload is { Correction.IsEmpty: false } payload ? Encoding.UTF8.GetString(payload.Correction.Span) : null,
            item.WasRight);
    }
}
