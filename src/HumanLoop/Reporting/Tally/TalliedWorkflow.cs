using HumanLoop.Journaling;
using HumanLoop.Observing;

namespace HumanLoop.Reporting;

/// <summary>What one workflow adds up to, in the memory of the process that counts for it.</summary>
internal sealed class TalliedWorkflow(IReportedWorkflow workflow, Tally tally, CharterStore charters, TimeProvider time) : IProjected
{
    /// <summary>How much may have to be counted again after a crash, and by each reader who wants it as of now.</summary>
    private static readonly TimeSpan CheckpointAfter = TimeSpan.FromSeconds(5);

    private long _savedAt = time.GetTimestamp();
    private WorkflowOptions? _options;

    public long Position => tally.Position;

    public bool IsReady => true;

    public bool IsUrgent => false;

    public bool IsDue => HasChanges(isLast: false);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_options != workflow.Options)
        {
            await charters.RecordAsync(workflow.Name, Charter.Of(workflow.Options, workflow.HasHandler), cancellationToken).ConfigureAwait(false);
            _options = workflow.Options;
        }
    }

    public bool Misses(JournalRecord record) => record.Position > tally.Position && tally.Misses(record.Entry);

    public void Recall(DecisionId id, IReadOnlyList<JournalRecord> stream, long before) => tally.Recall(id, stream, before);

    public Task ApplyAsync(JournalRecord record, CancellationToken cancellationToken)
    {
        tally.Apply(record);
        return Task.CompletedTask;
    }

    public void Pass(long position) => tally.Pass(position);

    public bool HasChanges(bool isLast) => tally.IsDirty && (isLast || time.GetElapsedTime(_savedAt) >= CheckpointAfter);

    public ProjectionCommit ToCommit(bool isLast) => HasChanges(isLast) ? new([tally.ToCommit()], []) : ProjectionCommit.Nothing;

    public Task CommittedAsync(ProjectionCommit commit)
    {
        if (commit.Documents.Count > 0)
        {
            tally.Committed();
            _savedAt = time.GetTimestamp();
        }

        return Task.CompletedTask;
    }
}
