using System.Runtime.CompilerServices;
using HumanLoop.Acting;
using HumanLoop.Diagnostics;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Running;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Routing;

/// <summary>One decision's way: judge, record in one commit, and act at once if it goes straight through.</summary>
internal sealed class DecisionRouter<TProposal>(
    IRoutedWorkflow<TProposal> workflow,
    StartGate start,
    DecisionPreparer<TProposal> preparer,
    WorkQueue ledger,
    EffectRunner runner,
    VerdictWaiter waiter,
    Telemetry telemetry,
    ILogger<DecisionRouter<TProposal>> logger) : IDecisionRouter<TProposal>, IEnlistingRouter<TProposal>
{
    private const int MaxBatch = 256;

    private readonly DecisionCheck<TProposal> _check = new(workflow.Name);

    public ValueTask<RoutingReceipt> RouteAsync(Decision<TProposal> decision, CancellationToken cancellationToken)
    {
        _check.Require(decision);
        cancellationToken.ThrowIfCancellationRequested();
        var routed = RouteAsync(decision);

        // The caller may stop waiting; the write and the act go on without it.
        return !cancellationToken.CanBeCanceled || routed.IsCompleted ? routed : new(routed.AsTask().WaitAsync(cancellationToken));
    }

    public async IAsyncEnumerable<RoutingReceipt> RouteManyAsync(IAsyncEnumerable<Decision<TProposal>> decisions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        await foreach (var batch in BatchReader.ReadAsync(decisions, MaxBatch, cancellationToken).ConfigureAwait(false))
        {
            var (sound, unsound) = _check.Sound(batch);
            foreach (var part in Parts(sound))
            {
                var receipts = await RouteBatchAsync(part).WaitAsync(cancellationToken).ConfigureAwait(false);
                foreach (var receipt in receipts)
                {
                    yield return receipt();
                }
            }

            unsound?.Throw();
        }
    }

    public Task<Resolution<TProposal>> WaitForVerdictAsync(DecisionId id, CancellationToken cancellationToken) =>
        waiter.WaitAsync(workflow, id, cancellationToken);

    public async Task<OutcomeResult> RecordOutcomeAsync(DecisionId id, DecisionOutcome outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        _check.RequireText(outcome.ReportedBy, "ReportedBy");
        return await RecordAsync(new RecordOutcome(workflow.Name, id, outcome.WasRight, outcome.ObservedAt, outcome.ReportedBy, null), cancellationToken).ConfigureAwait(false);
    }

    public async Task<OutcomeResult> RecordTruthAsync(DecisionId id, TProposal truth, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(truth);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (await ledger.GetAsync(workflow.Name, id, cancellationToken).ConfigureAwait(false) is not { Payload: { } payload })
        {
            return OutcomeResult.UnknownDecision;
        }

        var right = !workflow.CountsAsError(payload.Proposal, truth);
        var fingerprint = CanonicalJson.Fingerprint(workflow.Json.Write(truth));
        return await RecordAsync(new RecordOutcome(workflow.Name, id, right, null, null, fingerprint), cancellationToken).ConfigureAwait(false);
    }

    public async Task<WithdrawResult> WithdrawAsync(DecisionId id, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reason);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var result = await ledger.ApplyAsync(new WithdrawDecision(workflow.Name, id, reason), null).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        return result.Status switch
        {
            TransitionStatus.NotFound => WithdrawResult.UnknownDecision,
            TransitionStatus.Applied => WithdrawResult.Withdrawn,
            _ => result.Item is { State: DecisionState.Withdrawn } ? WithdrawResult.Withdrawn : WithdrawResult.AlreadyActed,
        };
    }

    public async ValueTask<RoutingReceipt> RouteAsync(Decision<TProposal> decision, IWorkEnlistment enlistment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(enlistment);
        _check.Require(decision);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var work = await preparer.PrepareAsync(decision).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        // The act has no holder: it falls due when the transaction commits, if it does.
        work = work with { Routed = work.Routed with { Holder = null, LeaseUntil = null } };
        return Receipt(work, await ledger.EnlistAsync(enlistment, work).ConfigureAwait(false));
    }

    private async ValueTask<RoutingReceipt> RouteAsync(Decision<TProposal> decision)
    {
        using var span = telemetry.Source.StartActivity("humanloop.decide")?.SetTag(HumanLoopDiagnostics.WorkflowTag, workflow.Name);
        await start.EnsureAsync().ConfigureAwait(false);
        var work = await preparer.PrepareAsync(decision).ConfigureAwait(false);
        var recorded = (await ledger.EnqueueAsync([work]).ConfigureAwait(false))[0];
        var receipt = Receipt(work, recorded);
        span?.SetTag(HumanLoopDiagnostics.RouteTag, receipt.Route.Kind.Name()).SetTag(HumanLoopDiagnostics.ReasonTag, receipt.Route.Reason);
        await ActAsync(recorded).ConfigureAwait(false);
        return receipt;
    }

    /// <summary>Cuts a batch before each decision that takes the place of one in it: that one must be on record first.</summary>
    private static IEnumerable<IReadOnlyList<Decision<TProposal>>> Parts(IReadOnlyList<Decision<TProposal>> batch)
    {
        var begin = 0;
        for (var i = 1; i < batch.Count; i++)
        {
            var superseded = batch[i].Supersedes;
            if (!superseded.IsEmpty && batch.Skip(begin).Take(i - begin).Any(decision => decision.Id == superseded))
            {
                yield return [.. batch.Skip(begin).Take(i - begin)];
                begin = i;
            }
        }

        yield return begin == 0 ? batch : [.. batch.Skip(begin)];
    }

    /// <summary>Receipts, or what each throws, in the batch's order: everything that was recorded also acts before the first of them is seen.</summary>
    private async Task<IReadOnlyList<Func<RoutingReceipt>>> RouteBatchAsync(IReadOnlyList<Decision<TProposal>> batch)
    {
        if (batch.Count == 0)
        {
            return [];
        }

        using var span = telemetry.Source.StartActivity("humanloop.decide")?.SetTag(HumanLoopDiagnostics.WorkflowTag, workflow.Name);
        await start.EnsureAsync().ConfigureAwait(false);
        var work = await Task.WhenAll(batch.Select(decision => preparer.PrepareAsync(decision).AsTask())).ConfigureAwait(false);
        var recorded = await ledger.EnqueueAsync(work).ConfigureAwait(false);
        await Task.WhenAll(recorded.Select(result => ActAsync(result).AsTask())).ConfigureAwait(false);
        return [.. work.Zip(recorded, (offered, result) => (Func<RoutingReceipt>)(() => Receipt(offered, result)))];
    }

    private RoutingReceipt Receipt(NewWork offered, EnqueueResult result)
    {
        if (result.Status == RoutingStatus.AlreadyRecorded && result.Item!.Routed.Fingerprint != offered.Routed.Fingerprint)
        {
            throw new DecisionConflictException(workflow.Name, offered.Routed.DecisionId, result.Item.Routed.Fingerprint[..8], offered.Routed.Fingerprint[..8]);
        }

        if (result.Status == RoutingStatus.Refused)
        {
            logger.QueueFull(workflow.Name);
        }

        var judged = result.Item?.Routed ?? offered.Routed;
        return new()
        {
            Status = result.Status,
            DecisionId = judged.DecisionId,
            Workflow = workflow.Name,
            Route = judged.Route,
            Confidence = judged.Confidence,
            Threshold = judged.Threshold,
            AuditProbability = judged.Threshold.IsReviewEverything ? 0 : judged.LowestProbability.Value,
            RoutedAt = judged.At,
        };
    }

    private ValueTask ActAsync(EnqueueResult result) =>
        result is { Status: RoutingStatus.Recorded, Item: { State: DecisionState.Acting } item }
            ? new(runner.RunOnceAsync(workflow, item))
            : default;

    private async Task<OutcomeResult> RecordAsync(RecordOutcome transition, CancellationToken cancellationToken)
    {
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await ledger.RecordAsync(transition).WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
