using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using HumanLoop.Acting;
using HumanLoop.Assessing;
using HumanLoop.Diagnostics;
using HumanLoop.Observing;
using HumanLoop.Registration;
using HumanLoop.Reviewing;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Routing;

/// <summary>One decision's way: judge, record in one commit, and act at once if it goes straight through.</summary>
internal sealed class DecisionRouter<TProposal>(
    Workflow<TProposal> workflow,
    LoopStart start,
    ReviewLedger ledger,
    EffectRunner runner,
    VerdictWaiter waiter,
    ProcessIdentity process,
    Shutdown shutdown,
    Telemetry telemetry,
    StoreTime time,
    ILogger<DecisionRouter<TProposal>> logger) : IDecisionRouter<TProposal>, IEnlistingRouter<TProposal>
{
    private const int MaxBatch = 256;
    private const int MaxText = 200;

    public ValueTask<RoutingReceipt> RouteAsync(Decision<TProposal> decision, CancellationToken cancellationToken)
    {
        Require(decision);
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
            var (sound, unsound) = Sound(batch);
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
        RequireText(outcome.ReportedBy, "ReportedBy");
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
            _ => result.Item is { State: ReviewState.Withdrawn } ? WithdrawResult.Withdrawn : WithdrawResult.AlreadyActed,
        };
    }

    public async ValueTask<RoutingReceipt> RouteAsync(Decision<TProposal> decision, IWorkEnlistment enlistment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(enlistment);
        Require(decision);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var work = await PrepareAsync(decision).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        // Nobody holds the act: it falls due when the transaction commits, if it does.
        work = work with { Routed = work.Routed with { Holder = null, LeaseUntil = null } };
        return Receipt(work, await ledger.EnlistAsync(enlistment, work).ConfigureAwait(false));
    }

    private async ValueTask<RoutingReceipt> RouteAsync(Decision<TProposal> decision)
    {
        using var span = telemetry.Source.StartActivity("humanloop.decide")?.SetTag(HumanLoopDiagnostics.WorkflowTag, workflow.Name);
        await start.EnsureAsync().ConfigureAwait(false);
        var work = await PrepareAsync(decision).ConfigureAwait(false);
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
        var work = await Task.WhenAll(batch.Select(decision => PrepareAsync(decision).AsTask())).ConfigureAwait(false);
        var recorded = await ledger.EnqueueAsync(work).ConfigureAwait(false);
        await Task.WhenAll(recorded.Select(result => ActAsync(result).AsTask())).ConfigureAwait(false);
        return [.. work.Zip(recorded, (offered, result) => (Func<RoutingReceipt>)(() => Receipt(offered, result)))];
    }

    private async ValueTask<NewWork> PrepareAsync(Decision<TProposal> decision)
    {
        var options = workflow.Options;
        var assessment = await workflow.Assessor.AssessAsync(decision, options.ConfidenceTimeout, shutdown.Stopping).ConfigureAwait(false);
        var conditions = workflow.Conditions;
        var line = conditions.LineFor(decision.Segment, decision.Model);
        var judgement = Judge(decision, assessment, conditions, line);
        var now = time.Now;
        var proposal = workflow.Json.Write(decision.Proposal);
        var before = decision.Supersedes.IsEmpty ? null : await SupersedeAsync(decision).ConfigureAwait(false);
        if (before is not null && MayHaveActed(before))
        {
            judgement = new(DecisionRoute.Review(RouteReasons.SupersedesActed), false, ReviewProbability.Always);
        }

        var asksPerson = judgement.Route.Kind != RouteKind.StraightThrough;
        var actsHere = judgement.Route.ActsAtOnce && workflow.HasHandler;
        var routed = new DecisionRouted
        {
            Workflow = workflow.Name,
            DecisionId = decision.Id,
            Version = 1,
            At = now,
            Route = judgement.Route,
            Confidence = assessment.Confidence,
            Threshold = line.Threshold,
            Segment = decision.Segment,
            Model = decision.Model,
            Epoch = line.Epoch,
            OwnEvidence = line.IsOwn,
            Eligible = judgement.Eligible,
            ReviewProbability = judgement.ReviewProbability,
            LowestProbability = conditions.LowestAt(line),
            Fingerprint = CanonicalJson.Fingerprint(proposal),
            Shadow = conditions.IsShadow,
            Handled = workflow.HasHandler,
            Due = asksPerson ? now + options.Review.Deadline : null,
            EvidenceDue = asksPerson ? now + options.Threshold.EvidenceDeadline : null,
            Holder = actsHere ? process.Name : null,
            LeaseUntil = actsHere ? now + EffectRunner.LeaseOf(options) : null,
            Blind = asksPerson && judgement.Eligible && IsBlind(conditions, decision.Id, judgement.Route.Kind, options.Review.BlindShare),
            Reviewers = asksPerson && options.Review.Reviewers > 1 ? options.Review.Reviewers : 0,
            Requires = SkillCodes.Join(decision.Requires),
            Supersedes = decision.Supersedes,
            TraceParent = Activity.Current?.Id,
        };
        var payload = new WorkPayload { Proposal = proposal, Fields = decision.Fields, Briefing = decision.Briefing, Link = decision.Link, Subject = decision.Subject };
        return new(routed, payload) { MaxPending = TakesThePlaceOf(before, decision.Id) ? null : workflow.MaxPending };
    }

    private bool IsBlind(RoutingConditions conditions, DecisionId id, RouteKind kind, double share) =>
        share > 0 && conditions.Draw.DrawsBlind(id, workflow.Blind.ShareOf(share, kind));

    /// <summary>Takes the decision back that this one takes the place of. First, so that at no moment both can act; a crash in between leaves a decision to be routed again.</summary>
    /// <returns>What has become of that one; null where it is not known.</returns>
    private async Task<WorkItem?> SupersedeAsync(Decision<TProposal> decision)
    {
        var withdraw = new WithdrawDecision(workflow.Name, decision.Supersedes, "superseded") { SupersededBy = decision.Id };
        return (await ledger.ApplyAsync(withdraw, null).ConfigureAwait(false)).Item;
    }

    private static bool MayHaveActed(WorkItem before) => before.State switch
    {
        ReviewState.Withdrawn or ReviewState.Expired => false,
        ReviewState.Settled => before.HasActed || (!before.Routed.Shadow && before.Verdict is { Kind: not VerdictKind.Rejected }),
        _ => true,
    };

    /// <summary>Whether a place in the queue became free for this one, however full it is.</summary>
    private static bool TakesThePlaceOf(WorkItem? before, DecisionId id) => before is { Routed.IsDrawn: true } && before.SupersededBy == id;

    private Judgement Judge(Decision<TProposal> decision, Assessment assessment, RoutingConditions conditions, ThresholdLine line)
    {
        if (workflow.Policies.Choose(decision, assessment.Confidence) is { } opinion)
        {
            return new(opinion, false, ReviewProbability.Always);
        }

        if (!conditions.Covers(decision.Segment))
        {
            return new(DecisionRoute.Review(RouteReasons.OutOfScope), false, ReviewProbability.Always);
        }

        if (assessment.Problem is { } problem)
        {
            return new(DecisionRoute.Review(problem), false, ReviewProbability.Always);
        }

        var judgement = conditions.Judge(line, decision.Id, assessment.Confidence);
        return assessment.WeakestField is { } field && judgement.Route.Reason == RouteReasons.BelowThreshold
            ? judgement with { Route = DecisionRoute.Of(RouteKind.Review, RouteReasons.WeakField(field)) }
            : judgement;
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
        result is { Status: RoutingStatus.Recorded, Item: { State: ReviewState.Acting } item }
            ? new(runner.RunOnceAsync(workflow, item, shutdown.Stopping))
            : default;

    private async Task<OutcomeResult> RecordAsync(RecordOutcome transition, CancellationToken cancellationToken)
    {
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await ledger.RecordAsync(transition).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The decisions before the first that cannot be recorded as it is, and what is wrong with that one.</summary>
    private (IReadOnlyList<Decision<TProposal>> Sound, ExceptionDispatchInfo? Unsound) Sound(IReadOnlyList<Decision<TProposal>> batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            try
            {
                Require(batch[i]);
            }
            catch (ArgumentException unsound)
            {
                return ([.. batch.Take(i)], ExceptionDispatchInfo.Capture(unsound));
            }
        }

        return (batch, null);
    }

    private void Require(Decision<TProposal> decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Proposal is null)
        {
            throw new ArgumentException($"Workflow '{workflow.Name}': decision '{decision.Id}' has no proposal.", nameof(decision));
        }

        if (decision.Id.IsEmpty)
        {
            throw new ArgumentException($"Workflow '{workflow.Name}': a decision has an empty id; leave Id out for a new one.", nameof(decision));
        }

        RequireText(decision.Segment, "Segment");
        RequireText(decision.Model, "Model");
        if (SkillCodes.Problem(decision.Requires) is { } problem)
        {
            throw new ArgumentException($"Workflow '{workflow.Name}': Requires {problem}", nameof(decision));
        }

        if (decision.Supersedes == decision.Id)
        {
            throw new ArgumentException($"Workflow '{workflow.Name}': decision '{decision.Id}' cannot take the place of itself; give the new one an id of its own.", nameof(decision));
        }

        if (decision.Link is { } link && !(link.IsAbsoluteUri && link.Scheme is "http" or "https"))
        {
            throw new ArgumentException($"Workflow '{workflow.Name}': Link must be an absolute http or https address.", nameof(decision));
        }
    }

    private void RequireText(string? text, string name)
    {
        if (text is { Length: 0 or > MaxText })
        {
            throw new ArgumentException($"Workflow '{workflow.Name}': {name} has {text.Length} characters; it has 1 to {MaxText}, or is null.", name);
        }
    }
}
