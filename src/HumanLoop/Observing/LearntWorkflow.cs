using HumanLoop.Adapting;
using HumanLoop.Journaling;

namespace HumanLoop.Observing;

/// <summary>What one workflow has learnt, in the memory of the process that learns for it.</summary>
internal sealed class LearntWorkflow(ILearningWorkflow workflow, WorkflowLearning learning, LearningProjection projection, long publishedVersion, long since) : IProjected
{
    /// <summary>How much of what moves no threshold may have to be read again after a crash.</summary>
    private static readonly TimeSpan CheckpointAfter = TimeSpan.FromSeconds(5);

    /// <summary>How soon another share of checks reaches the routers.</summary>
    private static readonly TimeSpan PublishAfter = TimeSpan.FromMilliseconds(500);

    private string? _published;
    private long _publishedVersion = publishedVersion;
    private long _committedAt = since;
    private ThresholdSettings? _recorded;
    private string? _publishing;
    private bool _hasWarned;

    public long Position => learning.Position;

    public bool IsReady => learning.Settings is not null;

    public bool IsUrgent => learning.IsUrgent;

    public bool IsDue
    {
        get
        {
            var waited = projection.Since(_committedAt);
            return IsReady && ((waited >= PublishAfter && News is not null) || (waited >= CheckpointAfter && learning.IsDirty));
        }
    }

    /// <summary>What routers do not know yet; null when they know it all.</summary>
    private string? News => learning.Published() is var now && now != _published ? now : null;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var settings = workflow.ThresholdSettings;
        if (_recorded != settings)
        {
            await projection.RecordSettingsAsync(workflow.Name, settings).ConfigureAwait(false);
            _recorded = settings;
        }

        if (learning.HasTurnedAway && !_hasWarned)
        {
            _hasWarned = true;
            projection.WarnOfTooManyGroups(workflow.Name);
        }
    }

    public bool Misses(JournalRecord record) => record.Position > learning.Position && learning.Misses(record.Entry);

    public void Recall(DecisionId id, IReadOnlyList<JournalRecord> stream, long before) => learning.Recall(stream, before);

    public async Task ApplyAsync(JournalRecord record, CancellationToken cancellationToken)
    {
        learning.Apply(record);
        while (learning.ToRecount is { } group)
        {
            group.Recount(WorkflowLearning.Counted(group, await projection.ReadEpochAsync(learning, group, cancellationToken).ConfigureAwait(false)));
        }
    }

    public void Pass(long position) => learning.Pass(position);

    public bool HasChanges(bool isLast) => learning.IsDirty;

    public ProjectionCommit ToCommit(bool isLast)
    {
        _publishing = News;
        var (documents, entries) = learning.ToCommit(_publishing, _publishedVersion);
        return new(documents, entries);
    }

    public async Task CommittedAsync(ProjectionCommit commit)
    {
        learning.Committed();
        _committedAt = projection.Now;
        if (_publishing is not null)
        {
            _published = _publishing;
            workflow.UseThresholds(learning.Publish(), ++_publishedVersion);
        }

        await projection.TellAsync(commit.Entries.OfType<ThresholdChanged>()).ConfigureAwait(false);
    }
}
