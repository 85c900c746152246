using System.Text.Json;
using HumanLoop.Journaling;

namespace HumanLoop.Reporting;

/// <summary>Reads tallies, and counts on from where the evidence writer saved one.</summary>
internal sealed class TallyStore(IWorkflowState state, IDecisionJournal journal)
{
    private const int PageSize = 1_000;
    private const int LongestStream = 10_000;

    /// <summary>The tally as last saved; empty before the first save.</summary>
    /// <exception cref="StoreMismatchException">It was written by a newer version of the library.</exception>
    public async Task<Tally> LoadAsync(string workflow, CancellationToken cancellationToken)
    {
        try
        {
            return await state.ReadAsync(workflow, TallyDocument.Name, cancellationToken).ConfigureAwait(false) is { } stored ? Tally.Load(workflow, stored) : new(workflow);
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            throw new StoreMismatchException($"What workflow '{workflow}' adds up to cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>The tally as of now: what was saved, and what the journal has after it.</summary>
    public async Task<Tally> ReadAsync(string workflow, CancellationToken cancellationToken)
    {
        var tally = await LoadAsync(workflow, cancellationToken).ConfigureAwait(false);
        for (var after = tally.Position; ;)
        {
            var page = await journal.ReadAsync(after, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var record in page.Where(record => record.Entry.Workflow == workflow))
            {
                if (tally.Misses(record.Entry))
                {
                    tally.Recall(record.Entry.DecisionId, await journal.ReadDecisionAsync(workflow, record.Entry.DecisionId, 0, LongestStream, cancellationToken).ConfigureAwait(false), record.Position);
                }

                tally.Apply(record);
            }

            if (page.Count < PageSize)
            {
                return tally;
            }

            after = page[^1].Position;
        }
    }
}
