using HumanLoop.Adapting;
using HumanLoop.Journaling;

namespace HumanLoop.Observing;

/// <summary>Reads the records that one body of evidence is counted from.</summary>
internal static class EpochReader
{
    private const int PageSize = 1_000;

    /// <summary>The records of a workflow since an epoch began, up to a position.</summary>
    public static async Task<IReadOnlyList<JournalRecord>> ReadAsync(IDecisionJournal journal, string workflow, EvidenceGroup group, long upTo, CancellationToken cancellationToken)
    {
        var records = new List<JournalRecord>();
        for (var after = group.EpochSince; after < upTo;)
        {
            var page = await journal.ReadAsync(after, PageSize, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
            {
                break;
            }

            // What still waits is not counted, and may be most of it.
            records.AddRange(page.Where(record => record.Position <= upTo && record.Entry.Workflow == workflow
                && (record.Entry is EvidenceImported || (record.Entry is DecisionRouted && !(record.Position >= group.Watermark)) || OutcomeFold.Concerns(record.Entry))));
            after = page[^1].Position;
        }

        return records;
    }
}
