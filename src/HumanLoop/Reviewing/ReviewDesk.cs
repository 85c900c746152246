using System.Text.Json;
using HumanLoop.Diagnostics;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Running;

namespace HumanLoop.Reviewing;

/// <summary>Turns reviewers' requests into transitions.</summary>
internal sealed class ReviewDesk(WorkQueue ledger, Catalog<IReviewedWorkflow> catalog, StartGate start, StoreTime time, Telemetry telemetry) : IReviewDesk
{
    private const int MaxText = 200;
    private const int MaxNote = 4_000;

    public async Task<ReviewPage> ListAsync(ReviewQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        RequireLimit(query.Limit, 1000, nameof(query));
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var page = await ledger.ListAsync(
            new() { Workflow = query.Workflow, States = query.States, Segment = query.Segment, Holder = query.Holder, Limit = query.Limit, Cursor = query.Cursor },
            cancellationToken).ConfigureAwait(false);
        return new([.. page.Items.Select(ReviewView.Of)], page.Next);
    }

    public async Task<Review?> GetAsync(ReviewId id, CancellationToken cancellationToken)
    {
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await ledger.GetAsync(id.Workflow, id.DecisionId, cancellationToken).ConfigureAwait(false) is { } item ? ReviewView.Of(item) : null;
    }

    public async Task<IReadOnlyList<Review>> ClaimAsync(ReviewClaim claim, string reviewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        RequireName(reviewer, nameof(reviewer));
        RequireLimit(claim.Limit, 100, nameof(claim));
        ArgumentNullException.ThrowIfNull(claim.Skills);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);

        if (claim is { Workflow: { } one, Workflows: not [] } && !claim.Workflows.Contains(one))
        {
            return [];
        }

        var workflows = claim.Workflow is { } name ? [name] : claim.Workflows;

        // Of several, the shortest lease: a lease must not outlast what any of them allows.
        var leases = catalog.All.Where(workflow => workflows.Count == 0 || workflows.Contains(workflow.Name)).Select(workflow => workflow.Options.Review.Lease);
        var items = await ledger.ClaimAsync(
            new()
            {
                Purpose = WorkPurpose.Review,
                Holder = reviewer,
                Workflows = workflows,
                Segment = claim.Segment,
                Skills = claim.Skills,
                Max = claim.Limit,
                Lease = leases.DefaultIfEmpty(new ReviewOptions().Lease).Min(),
            },
            cancellationToken).ConfigureAwait(false);
        return [.. items.Select(ReviewView.Of)];
    }

    public async Task<ReviewResult> TakeAsync(ReviewId id, string reviewer, CancellationToken cancellationToken) =>
        await ApplyAsync(new ClaimReview(id.Workflow, id.DecisionId, LeaseOf(id.Workflow)), null, reviewer, cancellationToken).ConfigureAwait(false);

    public Task<ReviewResult> ExtendAsync(ReviewId id, long revision, string reviewer, CancellationToken cancellationToken) =>
        ApplyAsync(new ExtendLease(id.Workflow, id.DecisionId, LeaseOf(id.Workflow)), revision, reviewer, cancellationToken);

    public Task<ReviewResult> ReleaseAsync(ReviewId id, long revision, string reviewer, CancellationToken cancellationToken) =>
        ApplyAsync(new ReleaseReview(id.Workflow, id.DecisionId), revision, reviewer, cancellationToken);

    public Task<ReviewResult> DecideAsync(ReviewId id, long revision, Verdict verdict, string reviewer, CancellationToken cancellationToken) =>
        DecideAsync(id, revision, verdict, reviewer, needsLease: true, cancellationToken);

    public Task<ReviewResult> DecideAsync(ReviewId id, Verdict verdict, string reviewer, CancellationToken cancellationToken) =>
        DecideAsync(id, null, verdict, reviewer, needsLease: false, cancellationToken);

    public Task<ReviewResult> AbstainAsync(ReviewId id, long revision, string reviewer, CancellationToken cancellationToken) =>
        AbstainAsync(id, (long?)revision, reviewer, cancellationToken);

    public async Task<ReviewResult> EscalateAsync(ReviewId id, long revision, string reviewer, string? person, CancellationToken cancellationToken)
    {
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var next = person ?? await NextUpAsync(id, reviewer, cancellationToken).ConfigureAwait(false);
        if (next is null)
        {
            if (catalog.Find(id.Workflow) is null)
            {
                return await RefusedAsync(id, TransitionStatus.NotAllowed, cancellationToken).ConfigureAwait(false);
            }

            // No person further up is left but the one who asks: the rule makes a reminder of it.
            next = reviewer;
        }

        RequireName(next, nameof(person));
        var due = catalog.Find(id.Workflow) is { } workflow ? time.Now + workflow.Options.Review.Deadline : (DateTimeOffset?)null;
        return await ApplyAsync(new EscalateReview(id.Workflow, id.DecisionId, next, due), revision, reviewer, cancellationToken).ConfigureAwait(false);
    }

    public Task<ReviewResult> AssignAsync(ReviewId id, string? person, string by, CancellationToken cancellationToken)
    {
        if (person is not null)
        {
            RequireName(person, nameof(person));
        }

        return ApplyAsync(new AssignReview(id.Workflow, id.DecisionId, person), null, by, cancellationToken);
    }

    public Task<ReviewResult> PrioritiseAsync(ReviewId id, int priority, string by, CancellationToken cancellationToken) =>
        ApplyAsync(new PrioritiseReview(id.Workflow, id.DecisionId, priority), null, by, cancellationToken);

    public Task<ReviewResult> AddNoteAsync(ReviewId id, string text, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return text.Length <= MaxNote
            ? ApplyAsync(new AddNote(id.Workflow, id.DecisionId, text), null, by, cancellationToken)
            : throw new ArgumentException($"The note has {text.Length} characters; it has at most {MaxNote}.", nameof(text));
    }

    public Task<ReviewResult> UndoAsync(ReviewId id, long revision, string reviewer, CancellationToken cancellationToken) =>
        ApplyAsync(new UndoVerdict(id.Workflow, id.DecisionId), revision, reviewer, cancellationToken);

    public Task<ReviewResult> RetryDeadLetterAsync(ReviewId id, string by, CancellationToken cancellationToken) =>
        ApplyAsync(new RetryDeadLetter(id.Workflow, id.DecisionId), null, by, cancellationToken);

    public Task<ReviewResult> SettleDeadLetterAsync(ReviewId id, string by, string? note, CancellationToken cancellationToken) =>
        ApplyAsync(new SettleDeadLetter(id.Workflow, id.DecisionId, note), null, by, cancellationToken);

    public async Task<OutcomeResult> RecordOutcomeAsync(ReviewId id, DecisionOutcome outcome, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        RequireName(by, nameof(by));
        if (outcome.ReportedBy is { Length: > MaxText })
        {
            throw new ArgumentException($"ReportedBy has at most {MaxText} characters.", nameof(outcome));
        }

        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var transition = new RecordOutcome(id.Workflow, id.DecisionId, outcome.WasRight, outcome.ObservedAt, outcome.ReportedBy, null) { Actor = by };
        return await ledger.RecordAsync(transition).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<ReviewResult> DecideAsync(ReviewId id, long? revision, Verdict verdict, string reviewer, bool needsLease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        RequireName(reviewer, nameof(reviewer));
        if (verdict.Reason is { Length: > 100 })
        {
            throw new ArgumentException("A reason code has at most 100 characters; put more into Comment.", nameof(verdict));
        }

        if (verdict is Verdict.Abstained)
        {
            return await AbstainAsync(id, revision, reviewer, cancellationToken).ConfigureAwait(false);
        }

        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (await ledger.GetAsync(id.Workflow, id.DecisionId, cancellationToken).ConfigureAwait(false) is not { } item)
        {
            return new(TransitionStatus.NotFound, null);
        }

        var workflow = catalog.Find(id.Workflow);
        if (item.IsBlind && verdict is Verdict.Approved)
        {
            return new(TransitionStatus.InvalidProposal, ReviewView.Of(item), "This review is blind: nothing is shown that could be approved. Answer with the proposal that you would have made, reject the case, or abstain.");
        }

        var check = verdict is Verdict.Corrected correction ? Check(workflow, correction, item) : default;
        if (check.Problem is { } problem)
        {
            return new(TransitionStatus.InvalidProposal, ReviewView.Of(item), problem);
        }

        var (kind, wasRight) = verdict switch
        {
            Verdict.Approved => (VerdictKind.Approved, true),
            // Who has not seen the proposal can say nothing of it: then only the comparison counts.
            Verdict.Corrected corrected => (VerdictKind.Corrected, (corrected.WordingOnly && !item.IsBlind) || !check.CountsAsError),
            Verdict.Rejected when item.IsBlind => (VerdictKind.Rejected, false),
            Verdict.Rejected rejected => (VerdictKind.Rejected, rejected.ProposalWasRight || (verdict.Reason is { } reason && workflow?.Options.Review.ReasonsProposalWasRight.Contains(reason) == true)),
            _ => throw new ArgumentException($"A '{verdict.GetType().Name}' decides nothing.", nameof(verdict)),
        };
        var transition = new GiveVerdict(id.Workflow, id.DecisionId, kind, wasRight)
        {
            Reason = verdict.Reason,
            Comment = verdict.Comment,
            Correction = check.Json,
            CorrectionFingerprint = check.Json.IsEmpty ? null : CanonicalJson.Fingerprint(check.Json),
            UndoWindow = workflow?.Options.Review.UndoWindow ?? TimeSpan.Zero,
            NeedsLease = needsLease,
            Escalation = workflow?.Escalation ?? [],
            Deadline = workflow?.Options.Review.Deadline ?? TimeSpan.Zero,
        };
        using var span = telemetry.StartReview(item.Workflow, item.Routed.TraceParent)?.SetTag(HumanLoopDiagnostics.VerdictTag, kind.Name());
        return await ApplyAsync(transition, revision, reviewer, cancellationToken, item).ConfigureAwait(false);
    }

    private async Task<ReviewResult> AbstainAsync(ReviewId id, long? revision, string reviewer, CancellationToken cancellationToken)
    {
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var next = await NextUpAsync(id, reviewer, cancellationToken).ConfigureAwait(false);
        return await ApplyAsync(new AbstainFromReview(id.Workflow, id.DecisionId, next), revision, reviewer, cancellationToken).ConfigureAwait(false);
    }

    private TimeSpan LeaseOf(string workflow) => (catalog.Find(workflow)?.Options.Review ?? new ReviewOptions()).Lease;

    private static CorrectionCheck Check(IReviewedWorkflow? workflow, Verdict.Corrected correction, WorkItem item)
    {
        if (item.Payload is not { } payload)
        {
            return new(default, true, item.IsErased ? "The decision's data was erased; there is nothing to correct." : "The decision's data cannot be read here; there is nothing to compare with.");
        }

        if (correction.Proposal.ValueKind == JsonValueKind.Undefined)
        {
            return new(default, true, "A correction holds the corrected proposal.");
        }

        return workflow is not null
            ? workflow.Check(correction.Proposal, payload.Proposal)
            : new(default, true, $"This process does not know workflow '{item.Workflow}' and cannot check a corrected proposal; decide it where the workflow runs.");
    }

    /// <summary>The first person up who is not the one who asks and has not voted.</summary>
    private async Task<string?> NextUpAsync(ReviewId id, string reviewer, CancellationToken cancellationToken)
    {
        if (catalog.Find(id.Workflow) is not { } workflow)
        {
            return null;
        }

        var item = await ledger.GetAsync(id.Workflow, id.DecisionId, cancellationToken).ConfigureAwait(false);
        return workflow.Escalation.Skip(Math.Min(item?.EscalationLevel ?? 0, workflow.Escalation.Count - 1))
            .FirstOrDefault(person => person != reviewer && item?.HasVoted(person) != true);
    }

    private async Task<ReviewResult> ApplyAsync(Transition transition, long? revision, string actor, CancellationToken cancellationToken, WorkItem? before = null)
    {
        RequireName(actor, "reviewer");
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var result = await ledger.ApplyAsync(transition with { Actor = actor }, revision, before).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        return new(result.Status, result.Item is { } item ? ReviewView.Of(item) : null);
    }

    private async Task<ReviewResult> RefusedAsync(ReviewId id, TransitionStatus status, CancellationToken cancellationToken) =>
        await GetAsync(id, cancellationToken).ConfigureAwait(false) is { } review ? new(status, review) : new(TransitionStatus.NotFound, null);

    private static void RequireName(string person, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(person, parameter);
        if (person.Length > MaxText)
        {
            throw new ArgumentException($"A person's name or key has at most {MaxText} characters.", parameter);
        }
    }

    private static void RequireLimit(int limit, int most, string parameter)
    {
        if (limit < 1 || limit > most)
        {
            throw new ArgumentException($"The limit is {limit}; it must be from 1 to {most}.", parameter);
        }
    }
}
