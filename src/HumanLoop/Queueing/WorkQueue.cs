using HumanLoop.Diagnostics;
using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>The core's way to the queue: it closes and opens payloads, counts what was committed and wakes those who wait for it.</summary>
internal sealed class WorkQueue(IReviewQueue queue, PayloadSeal seal, Telemetry telemetry, WorkSignals signals)
{
    private readonly MeasureCache _measures = new(() => queue.MeasureAsync());

    public async ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch)
    {
        var results = await queue.EnqueueAsync(seal.IsNone ? batch : [.. batch.Select(work => work with { Payload = seal.Protect(work.Payload) })]).ConfigureAwait(false);
        if (!seal.IsNone)
        {
            results = [.. results.Zip(batch, (result, work) => result.Item is { } item
                ? result with { Item = result.Status == RoutingStatus.Recorded ? item with { Payload = work.Payload } : seal.Unprotect(item) }
                : result)];
        }

        foreach (var result in results)
        {
            if (result is { Status: RoutingStatus.Recorded, Item: { Routed.Golden: null } item })
            {
                telemetry.Routed(item.Workflow, item.Routed.Segment, item.Routed.Route, item.Routed.Confidence);
                if (item.State == DecisionState.ActDue)
                {
                    signals.ActDue();
                }
            }
        }

        return results;
    }

    /// <summary>Records within the caller's transaction. It is not counted here: only the caller will know whether it was committed.</summary>
    public async ValueTask<EnqueueResult> EnlistAsync(IWorkEnlistment enlistment, NewWork work)
    {
        var result = await enlistment.EnqueueAsync(queue, work with { Payload = seal.Protect(work.Payload) }).ConfigureAwait(false);
        return result.Item is { } item ? result with { Item = seal.Unprotect(item) } : result;
    }

    public async ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        Open(await queue.ClaimAsync(request, cancellationToken).ConfigureAwait(false));

    public async ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, WorkItem? before = null)
    {
        var result = await queue.ApplyAsync(seal.Protect(transition), expectedRevision).ConfigureAwait(false);
        result = result.Item is { } item ? result with { Item = seal.Unprotect(item) } : result;
        Applied(before, result);
        return result;
    }

    /// <summary>Counts what was applied and wakes those who wait for it.</summary>
    public void Applied(WorkItem? before, TransitionResult result)
    {
        if (result is { IsApplied: true, Item: { } after, Entry: { } entry })
        {
            Tell(before, after, entry);
        }
    }

    /// <summary>Records an outcome, and whether it counts as evidence.</summary>
    public async Task<OutcomeResult> RecordAsync(RecordOutcome outcome) => (await ApplyAsync(outcome, null).ConfigureAwait(false)).Entry is OutcomeRecorded recorded
        ? recorded.IsEvidence ? OutcomeResult.Evidence : OutcomeResult.Shown
        : OutcomeResult.UnknownDecision;

    public async ValueTask<WorkItem?> GetAsync(string workflow, DecisionId id, CancellationToken cancellationToken = default) =>
        await queue.GetAsync(workflow, id, cancellationToken).ConfigureAwait(false) is { } item ? seal.Unprotect(item) : null;

    public async ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken)
    {
        var page = await queue.ListAsync(request, cancellationToken).ConfigureAwait(false);
        return page with { Items = Open(page.Items) };
    }

    public async ValueTask<SweepResult> SweepAsync(SweepRequest request, CancellationToken cancellationToken)
    {
        var result = await queue.SweepAsync(request, cancellationToken).ConfigureAwait(false);
        foreach (var entry in result.Entries)
        {
            signals.Moved(new(entry.Workflow, entry.DecisionId));
            signals.Answered();
            if (entry is UndoWindowClosed or ReviewExpired or LeaseExpired)
            {
                signals.ActDue();
            }
        }

        return result;
    }

    /// <summary>How much is open; where it is very much, as of a while ago.</summary>
    public Task<IReadOnlyList<QueueMeasure>> MeasureAsync(CancellationToken cancellationToken) => _measures.MeasureAsync().WaitAsync(cancellationToken);

    private IReadOnlyList<WorkItem> Open(IReadOnlyList<WorkItem> items) => seal.IsNone ? items : [.. items.Select(seal.Unprotect)];

    private void Tell(WorkItem? before, WorkItem after, JournalEntry entry)
    {
        if (entry is VerdictGiven { Verdict: var verdict })
        {
            var held = before ?? after;
            telemetry.Decided(after.Workflow, after.Routed.Segment, verdict.Kind.Name(), verdict.At - after.Routed.At, verdict.At - held.HeldSince, held.HasActed ? verdict.WasRight : null);
        }
        else if (entry is ReviewerAbstained)
        {
            telemetry.Abstained(after.Workflow, after.Routed.Segment);
        }

        if (entry is VerdictGiven or OutcomeRecorded or DecisionWithdrawn)
        {
            signals.Answered();
        }

        signals.Moved(new(after.Workflow, after.DecisionId));
        if (after.State == DecisionState.ActDue)
        {
            signals.ActDue();
        }
    }
}
