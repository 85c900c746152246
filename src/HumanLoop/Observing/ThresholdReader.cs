using HumanLoop.Adapting;
using HumanLoop.Journaling;

namespace HumanLoop.Observing;

/// <summary>Reads a workflow's thresholds and what is behind them, for people.</summary>
internal sealed class ThresholdReader(LearningStore store, IDecisionJournal journal)
{
    private const int PageSize = 1_000;

    /// <summary>The thresholds as last committed; empty before the first decision.</summary>
    public async Task<IReadOnlyList<StandingThreshold>> ReadAsync(string workflow, Func<ThresholdSettings, IThresholdController> controllers, CancellationToken cancellationToken)
    {
        var learning = await store.LoadAsync(workflow, controllers, toLearn: false, cancellationToken).ConfigureAwait(false);
        var live = new List<StandingThreshold>();
        foreach (var group in learning.Groups)
        {
            var first = await journal.ReadAsync(group.EpochSince, 1, cancellationToken).ConfigureAwait(false);
            live.Add(StandingThreshold.Of(learning.Settings!.Policy, group, first.Count == 0 ? default : first[0].Entry.At));
        }

        return live;
    }

    /// <summary>Every change and proposal of a workflow, oldest first.</summary>
    public async Task<IReadOnlyList<RecordedThresholdChange>> ReadChangesAsync(string workflow, CancellationToken cancellationToken)
    {
        var changes = new List<RecordedThresholdChange>();
        for (var after = 0L; ;)
        {
            var page = await journal.ReadDecisionAsync(workflow, default, after, PageSize, cancellationToken).ConfigureAwait(false);
            changes.AddRange(page.Select(record => record.Entry).OfType<ThresholdChanged>()
                .Select(changed => new RecordedThresholdChange(changed.ChangeId, changed.At, changed.Segment, changed.Model, changed.Change)));
            if (page.Count < PageSize)
            {
                return changes;
            }

            after = page[^1].Entry.Version;
        }
    }
}
