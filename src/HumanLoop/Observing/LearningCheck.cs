using HumanLoop.Adapting;
using HumanLoop.Journaling;

namespace HumanLoop.Observing;

/// <summary>Learns a workflow's thresholds again from the beginning of the journal and compares them with what is stored.</summary>
internal sealed class LearningCheck(WorkflowLearning stored, WorkflowLearning again, IDecisionJournal journal) : IProjectionCheck
{
    private const int LongestStream = 100_000;

    private readonly List<ThresholdChanged> _recorded = [];
    private readonly List<ThresholdChanged> _made = [];
    private readonly List<string> _problems = [];
    private int? _committed;

    public async Task ApplyAsync(JournalRecord record, CancellationToken cancellationToken)
    {
        if (record.Position > stored.Position)
        {
            CompareStates();
        }

        if (record.Entry is ThresholdChanged recorded)
        {
            _recorded.Add(recorded);
            return;
        }

        if (again.Misses(record.Entry))
        {
            again.Recall(await journal.ReadDecisionAsync(record.Entry.Workflow, record.Entry.DecisionId, 0, LongestStream, cancellationToken).ConfigureAwait(false), record.Position);
        }

        again.Apply(record);
        while (again.ToRecount is { } group)
        {
            group.Recount(WorkflowLearning.Counted(group, await EpochReader.ReadAsync(journal, again.Workflow, group, record.Position, cancellationToken).ConfigureAwait(false)));
        }

        _made.AddRange(again.Changes);
        again.Committed();
    }

    public IReadOnlyList<string> Finish()
    {
        CompareStates();
        CompareChanges();
        return _problems;
    }

    /// <summary>Once, when everything that the stored evidence has taken in was read again.</summary>
    private void CompareStates()
    {
        if (_committed is not null)
        {
            return;
        }

        _committed = _made.Count;
        foreach (var group in stored.Groups)
        {
            if (again.Groups.FirstOrDefault(one => one.About == group.About) is not { } same)
            {
                _problems.Add($"{again.Workflow}: the evidence '{group.About.Document}' is stored, and the journal does not lead to it.");
            }
            else if (same.State.Save() != group.State.Save())
            {
                _problems.Add($"{again.Workflow}: the evidence '{group.About.Document}' is not what the journal leads to: stored {Show(group.State)}, journal {Show(same.State)}.");
            }
        }
    }

    /// <summary>At the end: changes are journaled after the records that led to them.</summary>
    private void CompareChanges()
    {
        var committed = _committed ?? 0;
        for (var i = 0; i < Math.Max(committed, _recorded.Count); i++)
        {
            if (i >= committed || i >= _recorded.Count || _made[i].ChangeId != _recorded[i].ChangeId || _made[i].Change != _recorded[i].Change)
            {
                _problems.Add($"{again.Workflow}: change {(i < _recorded.Count ? _recorded[i].ChangeId : "none")} is on record, and the journal leads to {(i < committed ? _made[i].ChangeId : "none")}.");
                return;
            }
        }
    }

    private static string Show(ThresholdState state) => $"threshold {state.Threshold}, {state.Evidence.Errors} of {state.Evidence.Outcomes} wrong, epoch {state.Epoch}";
}
