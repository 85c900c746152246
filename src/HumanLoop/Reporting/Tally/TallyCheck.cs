using HumanLoop.Journaling;
using HumanLoop.Observing;

namespace HumanLoop.Reporting;

/// <summary>Counts a journal again from its beginning and compares with what is stored. Not safe for concurrent use.</summary>
internal sealed class TallyCheck(Tally stored, IDecisionJournal journal) : IProjectionCheck
{
    private const int LongestStream = 100_000;

    private readonly Tally _again = new(stored.Workflow);

    public async Task ApplyAsync(JournalRecord record, CancellationToken cancellationToken)
    {
        if (record.Position > stored.Position)
        {
            return;
        }

        if (_again.Misses(record.Entry))
        {
            _again.Recall(record.Entry.DecisionId, await journal.ReadDecisionAsync(stored.Workflow, record.Entry.DecisionId, 0, LongestStream, cancellationToken).ConfigureAwait(false), record.Position);
        }

        _again.Apply(record);
    }

    public IReadOnlyList<string> Finish()
    {
        _again.Pass(stored.Position);
        return _again.Save() == stored.Save() ? [] : [$"{stored.Workflow}: the counts behind the scorecard are not what the journal leads to."];
    }
}
