using HumanLoop.Adapting;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Reporting;

namespace HumanLoop.Observing;

/// <summary>Reads the journal again from its beginning and compares what it says with what is stored.</summary>
internal sealed class JournalVerification(IReviewQueue queue, IDecisionJournal journal, LearningStore learning, TallyStore tallies)
{
    private const int PageSize = 1_000;
    private const int LongestStory = 100_000;

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
        var learners = new Dictionary<string, Relearning>(StringComparer.Ordinal);
        var counts = new Dictionary<string, TallyCheck>(StringComparer.Ordinal);
        foreach (var workflow in workflows)
        {
            counts[workflow] = new(await tallies.LoadAsync(workflow, cancellationToken).ConfigureAwait(false), journal);
            try
            {
                learners[workflow] = new(await learning.LoadAsync(workflow, Controller, toLearn: false, cancellationToken).ConfigureAwait(false), new(workflow, Controller));
                Workflows++;
            }
            catch (InvalidOperationException unknown)
            {
                problems.Add($"{workflow}: {unknown.Message}");
            }
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

                if (counts.TryGetValue(record.Entry.Workflow, out var count))
                {
                    await count.CountAsync(record, cancellationToken).ConfigureAwait(false);
                }

                if (learners.TryGetValue(record.Entry.Workflow, out var learner))
                {
                    await LearnAsync(learner, record, problems, cancellationToken).ConfigureAwait(false);
                }
            }

            if (page.Count < PageSize)
            {
                break;
            }

            after = page[^1].Position;
        }

        foreach (var learner in learners.Values)
        {
            learner.CompareStates(problems);
            learner.CompareChanges(problems);
        }

        problems.AddRange(counts.Values.Select(count => count.Problem()).OfType<string>());

        return problems;

        static IThresholdController Controller(ThresholdSettings settings) => ThresholdControllers.Create(settings, own: null);
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
        var story = await journal.ReadStoryAsync(routed.Workflow, routed.DecisionId, 0, LongestStory, cancellationToken).ConfigureAwait(false);
        try
        {
            var again = WorkItem.Replay(story.Select(record => record.Entry).TakeWhile(entry => entry.Version <= item.Version));
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

    private async Task LearnAsync(Relearning learner, JournalRecord record, List<string> problems, CancellationToken cancellationToken)
    {
        if (record.Position > learner.Stored.Position)
        {
            learner.CompareStates(problems);
        }

        if (record.Entry is ThresholdChanged recorded)
        {
            Changes++;
            learner.Recorded.Add(recorded);
            return;
        }

        var again = learner.Again;
        if (again.Misses(record.Entry))
        {
            again.Recall(await journal.ReadStoryAsync(record.Entry.Workflow, record.Entry.DecisionId, 0, LongestStory, cancellationToken).ConfigureAwait(false), record.Position);
        }

        again.Apply(record);
        while (again.ToRecount is { } group)
        {
            var epoch = new List<JournalRecord>();
            for (var after = group.EpochSince; after < record.Position;)
            {
                var page = await journal.ReadAsync(after, PageSize, cancellationToken).ConfigureAwait(false);
                epoch.AddRange(page.Where(one => one.Position <= record.Position && one.Entry.Workflow == again.Workflow));
                after = page[^1].Position;
            }

            group.Recount(WorkflowLearning.Counted(group, epoch));
        }

        learner.Take();
    }

    /// <summary>What is stored of a workflow's thresholds, and the same made again.</summary>
    private sealed class Relearning(WorkflowLearning stored, WorkflowLearning again)
    {
        private readonly List<ThresholdChanged> _made = [];
        private int? _committed;

        public WorkflowLearning Stored => stored;

        public WorkflowLearning Again => again;

        public List<ThresholdChanged> Recorded { get; } = [];

        public void Take()
        {
            _made.AddRange(again.Changes);
            again.Committed();
        }

        /// <summary>Once, when everything that the stored evidence has taken in was read again.</summary>
        public void CompareStates(List<string> problems)
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
                    problems.Add($"{again.Workflow}: the evidence '{group.About.Document}' is stored, and the journal does not lead to it.");
                }
                else if (same.State.Save() != group.State.Save())
                {
                    problems.Add($"{again.Workflow}: the evidence '{group.About.Document}' is not what the journal leads to: stored {Show(group.State)}, journal {Show(same.State)}.");
                }
            }

        }

        /// <summary>At the end: changes are journaled after the records that led to them.</summary>
        public void CompareChanges(List<string> problems)
        {
            var committed = _committed ?? 0;
            for (var i = 0; i < Math.Max(committed, Recorded.Count); i++)
            {
                if (i >= committed || i >= Recorded.Count || _made[i].ChangeId != Recorded[i].ChangeId || _made[i].Change != Recorded[i].Change)
                {
                    problems.Add($"{again.Workflow}: change {(i < Recorded.Count ? Recorded[i].ChangeId : "none")} is on record, and the journal leads to {(i < committed ? _made[i].ChangeId : "none")}.");
                    return;
                }
            }
        }

        private static string Show(ThresholdState state) => $"threshold {state.Threshold}, {state.Evidence.Errors} of {state.Evidence.Outcomes} wrong, epoch {state.Epoch}";
    }
}
