using HumanLoop.Adapting;
using HumanLoop.Diagnostics;
using HumanLoop.Hosting;
using HumanLoop.Journaling;
using HumanLoop.Notifying;
using HumanLoop.Queueing;
using HumanLoop.Reporting;
using HumanLoop.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HumanLoop.Observing;

/// <summary>Reads the journal, learns from it, moves the thresholds, and counts for the scorecard: for each workflow in one process at a time.</summary>
internal sealed class EvidenceWriter(
    WorkflowCatalog catalog,
    LoopStart start,
    IDecisionJournal journal,
    LearningStore store,
    TallyStore tallies,
    CharterStore charters,
    StoreLease lease,
    NotificationDesk notifications,
    Telemetry telemetry,
    WorkSignals signals,
    IOptions<HumanLoopOptions> options,
    TimeProvider time,
    ILogger<EvidenceWriter> logger) : BackgroundService
{
    private const int PageSize = 1_000;
    private const int LongestStory = 10_000;

    /// <summary>How much of what moves no threshold may have to be read again after a crash.</summary>
    private static readonly TimeSpan CheckpointAfter = TimeSpan.FromSeconds(5);

    /// <summary>How soon another share of checks reaches the routers.</summary>
    private static readonly TimeSpan PublishAfter = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, Learner> _learners = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stopped = new(StringComparer.Ordinal);
    private readonly LoopPulse _pulse = new("evidence writer", time, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await start.EnsureAsync().WaitAsync(stoppingToken).ConfigureAwait(false);
                var answered = signals.NextAnswer();
                var more = await LearnAsync(stoppingToken).ConfigureAwait(false);
                _pulse.Answered();
                if (!more)
                {
                    using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                    await Task.WhenAny(answered, Task.Delay(options.Value.PollInterval, time, waiting.Token)).ConfigureAwait(false);
                    await waiting.CancelAsync().ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                await _pulse.FailedAsync(failure, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var learner in _learners.Values)
            {
                await CommitAsync(learner, withTally: true).ConfigureAwait(false);
                await lease.ReleaseAsync(learner.Workflow.Name).ConfigureAwait(false);
            }
        }
        catch (StoreException failure)
        {
            logger.LoopFailed("evidence writer", failure.GetType().Name, TimeSpan.Zero);
        }
    }

    /// <summary>One round.</summary>
    /// <returns>Whether there is more to read.</returns>
    internal async Task<bool> LearnAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await HoldAsync(cancellationToken).ConfigureAwait(false);
            if (_learners.Count == 0)
            {
                return false;
            }

            var page = await journal.ReadAsync(_learners.Values.Min(learner => learner.Position), PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var record in page)
            {
                if (_learners.TryGetValue(record.Entry.Workflow, out var learner) && record.Position > learner.Position)
                {
                    await LearnAsync(learner, record, cancellationToken).ConfigureAwait(false);
                }
            }

            foreach (var learner in _learners.Values.ToList())
            {
                if (page.Count > 0)
                {
                    learner.Learning.Pass(page[^1].Position);
                    learner.Tally.Pass(page[^1].Position);
                }

                await KeepAsync(learner).ConfigureAwait(false);
            }

            return page.Count == PageSize;
        }
        catch
        {
            // Whatever is in memory may be ahead of the store: it is read again.
            _learners.Clear();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        foreach (var workflow in catalog.All)
        {
            if (!await lease.HoldAsync(workflow.Name, cancellationToken).ConfigureAwait(false))
            {
                _learners.Remove(workflow.Name);
                continue;
            }

            if (!_learners.TryGetValue(workflow.Name, out var learner))
            {
                if (await LoadAsync(workflow, cancellationToken).ConfigureAwait(false) is not { } loaded)
                {
                    continue;
                }

                var (_, published) = await store.ReadThresholdsAsync(workflow.Name, long.MaxValue, cancellationToken).ConfigureAwait(false);
                var tally = await tallies.LoadAsync(workflow.Name, cancellationToken).ConfigureAwait(false);
                _learners[workflow.Name] = learner = new(workflow, loaded, tally, published, time.GetTimestamp());
            }

            var settings = workflow.ThresholdSettings;
            if (learner.Recorded != settings)
            {
                await store.RecordSettingsAsync(workflow.Name, settings, onlyFirst: false).ConfigureAwait(false);
                learner.Recorded = settings;
            }

            if (learner.Options != workflow.Options)
            {
                await charters.RecordAsync(workflow.Name, Charter.Of(workflow.Options, workflow.HasHandler), cancellationToken).ConfigureAwait(false);
                learner.Options = workflow.Options;
            }
        }
    }

    /// <summary>What a workflow has learnt; null where it was learnt by a policy that is not here, which only a person can mend.</summary>
    private async Task<WorkflowLearning?> LoadAsync(Workflow workflow, CancellationToken cancellationToken)
    {
        try
        {
            return await store.LoadAsync(workflow.Name, workflow.ControllerOf, toLearn: true, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException unknown)
        {
            if (_stopped.Add(workflow.Name))
            {
                logger.LearningStopped(workflow.Name, unknown.Message);
            }

            return null;
        }
    }

    private async Task LearnAsync(Learner learner, JournalRecord record, CancellationToken cancellationToken)
    {
        var (learning, tally, entry) = (learner.Learning, learner.Tally, record.Entry);
        var (learns, counts) = (record.Position > learning.Position && learning.Misses(entry), record.Position > tally.Position && tally.Misses(entry));
        if (learns || counts)
        {
            var story = await journal.ReadStoryAsync(entry.Workflow, entry.DecisionId, 0, LongestStory, cancellationToken).ConfigureAwait(false);
            if (learns)
            {
                learning.Recall(story, record.Position);
            }

            if (counts)
            {
                tally.Recall(entry.DecisionId, story, record.Position);
            }
        }

        tally.Apply(record);
        learning.Apply(record);
        while (learning.ToRecount is { } group)
        {
            group.Recount(WorkflowLearning.Counted(group, await EpochAsync(learning, group, cancellationToken).ConfigureAwait(false)));
        }

        if (learning.IsUrgent)
        {
            await CommitAsync(learner).ConfigureAwait(false);
        }
    }

    /// <summary>The records of a workflow since an epoch began, up to where it has read.</summary>
    private async Task<IReadOnlyList<JournalRecord>> EpochAsync(WorkflowLearning learning, EvidenceGroup group, CancellationToken cancellationToken)
    {
        var records = new List<JournalRecord>();
        for (var after = group.EpochSince; after < learning.Position;)
        {
            var page = await journal.ReadAsync(after, PageSize, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
            {
                break;
            }

            // What still waits is not counted, and may be most of it.
            records.AddRange(page.Where(record => record.Position <= learning.Position && record.Entry.Workflow == learning.Workflow
                && (record.Entry is EvidenceImported || (record.Entry is DecisionRouted && !(record.Position >= group.Watermark)) || OutcomeTrail.Concerns(record.Entry))));
            after = page[^1].Position;
        }

        return records;
    }

    /// <summary>Commits what can wait, when it has waited long enough.</summary>
    private async Task KeepAsync(Learner learner)
    {
        var waited = time.GetElapsedTime(learner.CommittedAt);
        var counted = time.GetElapsedTime(learner.CountedAt);
        if (learner.Learning.Settings is not null
            && ((waited >= PublishAfter && learner.News is not null) || (waited >= CheckpointAfter && learner.Learning.IsDirty) || (counted >= CheckpointAfter && learner.Tally.IsDirty)))
        {
            await CommitAsync(learner, withTally: counted >= CheckpointAfter).ConfigureAwait(false);
        }

        if (learner.Learning.HasTurnedAway && !learner.HasWarned)
        {
            learner.HasWarned = true;
            logger.TooManyGroups(learner.Workflow.Name);
        }
    }

    private async Task CommitAsync(Learner learner, bool withTally = false)
    {
        var (learning, tally) = (learner.Learning, learner.Tally);
        withTally &= tally.IsDirty;
        if (learning.Settings is null || !(learning.IsDirty || withTally))
        {
            return;
        }

        var published = learner.News;
        var (documents, entries) = learning.ToCommit(published, learner.PublishedVersion);
        if (!await store.CommitAsync(withTally ? [.. documents, tally.ToCommit()] : documents, entries).ConfigureAwait(false))
        {
            // Another process has taken over: what is here is not the truth any more.
            _learners.Remove(learner.Workflow.Name);
            lease.Lost(learner.Workflow.Name);
            return;
        }

        learning.Committed();
        if (withTally)
        {
            tally.Committed();
            learner.CountedAt = time.GetTimestamp();
        }

        learner.Committed(published, time.GetTimestamp());
        foreach (var change in entries.OfType<ThresholdChanged>())
        {
            telemetry.ThresholdMoved(change.Workflow, change.Segment, change.Change);
            await notifications.ThresholdAsync(change).ConfigureAwait(false);
        }
    }
}
