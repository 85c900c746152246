using HumanLoop.Adapting;
using HumanLoop.Diagnostics;
using HumanLoop.Journaling;
using HumanLoop.Notifying;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Observing;

/// <summary>What workflows learn from their journals, and the thresholds that follow.</summary>
internal sealed class LearningProjection(LearningStore store, IDecisionJournal journal, OwnerNotifications notifications, Telemetry telemetry, TimeProvider time, ILogger<LearningProjection> logger) : IJournalProjection
{
    private readonly HashSet<string> _stopped = new(StringComparer.Ordinal);

    public string Name => "learning";

    public async Task<IProjected?> LoadAsync(ILearningWorkflow workflow, CancellationToken cancellationToken)
    {
        WorkflowLearning learning;
        try
        {
            learning = await store.LoadAsync(workflow.Name, workflow.ControllerOf, toLearn: true, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException unknown)
        {
            // It was learnt by a policy that is not here, which only a person can mend.
            if (_stopped.Add(workflow.Name))
            {
                logger.LearningStopped(workflow.Name, unknown.Message);
            }

            return null;
        }

        var (_, published) = await store.ReadThresholdsAsync(workflow.Name, long.MaxValue, cancellationToken).ConfigureAwait(false);
        return new LearntWorkflow(workflow, learning, this, published, time.GetTimestamp());
    }

    public async Task<IProjectionCheck> CheckAsync(string workflow, CancellationToken cancellationToken)
    {
        var stored = await store.LoadAsync(workflow, Controller, toLearn: false, cancellationToken).ConfigureAwait(false);
        return new LearningCheck(stored, new(workflow, Controller), journal);

        static IThresholdController Controller(ThresholdSettings settings) => ThresholdControllers.Create(settings, own: null);
    }

    public TimeSpan Since(long timestamp) => time.GetElapsedTime(timestamp);

    public long Now => time.GetTimestamp();

    public Task RecordSettingsAsync(string workflow, ThresholdSettings settings) => store.RecordSettingsAsync(workflow, settings, onlyFirst: false);

    public Task<IReadOnlyList<JournalRecord>> ReadEpochAsync(WorkflowLearning learning, EvidenceGroup group, CancellationToken cancellationToken) =>
        EpochReader.ReadAsync(journal, learning.Workflow, group, learning.Position, cancellationToken);

    public void WarnOfTooManyGroups(string workflow) => logger.TooManyGroups(workflow);

    /// <summary>Counts and tells what a commit changed.</summary>
    public async Task TellAsync(IEnumerable<ThresholdChanged> changes)
    {
        foreach (var change in changes)
        {
            telemetry.ThresholdMoved(change.Workflow, change.Segment, change.Change);
            await notifications.ThresholdAsync(change).ConfigureAwait(false);
        }
    }
}
