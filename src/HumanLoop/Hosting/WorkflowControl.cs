using HumanLoop.Diagnostics;
using HumanLoop.Journaling;
using HumanLoop.Observing;
using HumanLoop.Queueing;
using HumanLoop.Reporting;
using HumanLoop.Running;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Hosting;

/// <summary>What owners and operators may do to workflows.</summary>
internal sealed class WorkflowControl(Catalog<Workflow> catalog, WorkflowSwitch stopSwitch, WorkQueue ledger, ThresholdReader thresholds, LearningStore learning, Forecasts forecasts, WorkSignals signals, StartGate start, TimeProvider time, ILogger<WorkflowControl> logger) : IWorkflowControl
{
    public async Task PauseAsync(string workflow, string by, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentNullException.ThrowIfNull(reason);
        await stopSwitch.PauseAsync(catalog.Get(workflow), by, reason).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task ResumeAsync(string workflow, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        await stopSwitch.ResumeAsync(catalog.Get(workflow), by).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void StopLocally(string workflow)
    {
        if (catalog.Get(workflow).StopLocally(true))
        {
            logger.Paused(workflow);
        }
    }

    public void StartLocally(string workflow)
    {
        if (catalog.Get(workflow).StopLocally(false))
        {
            logger.Resumed(workflow);
        }
    }

    public IReadOnlyList<WorkflowInfo> ListWorkflows() => [.. catalog.All.Select(workflow => workflow.Describe())];

    public bool IsPaused(string workflow) => catalog.Get(workflow).IsPaused;

    public async Task<IReadOnlyList<LiveThreshold>> GetThresholdsAsync(string workflow, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return [.. (await ReadAsync(workflow, cancellationToken).ConfigureAwait(false)).Select(one => one.Live with { Says = ThresholdText.Of(one.Live, forecasts.Of(workflow, one), now) })];
    }

    public async Task<IReadOnlyList<RecordedThresholdChange>> GetThresholdChangesAsync(string workflow, CancellationToken cancellationToken)
    {
        var known = catalog.Get(workflow);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await thresholds.ReadChangesAsync(known.Name, cancellationToken).ConfigureAwait(false);
    }

    public Task<ThresholdResult> ApproveLooseningAsync(string workflow, string changeId, string by, CancellationToken cancellationToken) =>
        AnswerAsync(workflow, changeId, approved: true, by, cancellationToken);

    public Task<ThresholdResult> RejectLooseningAsync(string workflow, string changeId, string by, CancellationToken cancellationToken) =>
        AnswerAsync(workflow, changeId, approved: false, by, cancellationToken);

    public async Task<ThresholdResult> ForceThresholdAsync(string workflow, Threshold threshold, string by, string reason, string? segment, bool mayVoidGuarantee, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentNullException.ThrowIfNull(reason);
        LiveThreshold[] concerned = [.. (await ReadAsync(workflow, cancellationToken).ConfigureAwait(false)).Select(one => one.Live).Where(one => segment is null || one.Segment == segment)];
        if (segment is not null && concerned.Length == 0)
        {
            return ThresholdResult.UnknownSegment;
        }

        if (!mayVoidGuarantee && concerned.Any(one => threshold < one.Earned))
        {
            return ThresholdResult.WouldVoidGuarantee;
        }

        await TellAsync(new ThresholdForced { Workflow = workflow, Threshold = threshold, Segment = segment, MayVoidGuarantee = mayVoidGuarantee, Reason = reason, Actor = by }, cancellationToken).ConfigureAwait(false);
        return ThresholdResult.Recorded;
    }

    public async Task ReleaseThresholdAsync(string workflow, string by, string reason, string? segment, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentNullException.ThrowIfNull(reason);
        var known = catalog.Get(workflow);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await TellAsync(new ThresholdForced { Workflow = known.Name, Released = true, Segment = segment, Reason = reason, Actor = by }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<TransitionStatus> EraseAsync(ReviewId id, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var result = await ledger.ApplyAsync(new ErasePayload(id.Workflow, id.DecisionId) { Actor = by }, null).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (result.IsApplied)
        {
            logger.Erased(id.Workflow, 1);
        }

        return result.Status;
    }

    public async Task<ErasureResult> EraseSubjectAsync(string subject, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<ReviewId>();
        string? cursor = null;
        do
        {
            var page = await ledger.ListAsync(new() { Subject = subject, Limit = 1000, Cursor = cursor }, cancellationToken).ConfigureAwait(false);
            found.AddRange(page.Items.Select(item => new ReviewId(item.Workflow, item.DecisionId)));
            cursor = page.Next;
        }
        while (cursor is not null);

        var open = new List<ReviewId>();
        var erased = 0;
        foreach (var id in found)
        {
            switch (await EraseAsync(id, by, cancellationToken).ConfigureAwait(false))
            {
                case TransitionStatus.Applied:
                    erased++;
                    break;
                case TransitionStatus.NotAllowed:
                    open.Add(id);
                    break;
            }
        }

        return new(erased, open);
    }

    private async Task<IReadOnlyList<StandingThreshold>> ReadAsync(string workflow, CancellationToken cancellationToken)
    {
        var known = catalog.Get(workflow);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await thresholds.ReadAsync(known.Name, known.ControllerOf, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ThresholdResult> AnswerAsync(string workflow, string changeId, bool approved, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(changeId);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        if ((await ReadAsync(workflow, cancellationToken).ConfigureAwait(false)).All(one => one.Live.ProposalId != changeId || one.Live.Goal.Loosening != Loosening.OwnerApproves))
        {
            return ThresholdResult.NotProposed;
        }

        await TellAsync(new LooseningAnswered { Workflow = workflow, ChangeId = changeId, Approved = approved, Actor = by }, cancellationToken).ConfigureAwait(false);
        return ThresholdResult.Recorded;
    }

    private async Task TellAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        await learning.TellAsync(entry).WaitAsync(cancellationToken).ConfigureAwait(false);
        signals.Answered();
    }
}
