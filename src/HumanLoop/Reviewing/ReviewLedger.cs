using HumanLoop.Diagnostics;
using HumanLoop.Observing;
using HumanLoop.Routing;

namespace HumanLoop.Reviewing;

/// <summary>The core's way to the queue: it counts what was committed and wakes those who wait for it.</summary>
internal sealed class ReviewLedger(IReviewQueue queue, Telemetry telemetry, WorkSignals signals)
{
    public async ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch)
    {
        var results = await queue.EnqueueAsync(batch).ConfigureAwait(false);
        foreach (var result in results)
        {
            if (result is { Status: RoutingStatus.Recorded, Item: { } item })
            {
                telemetry.Routed(item.Workflow, item.Routed.Segment, item.Routed.Route, item.Routed.Confidence);
                if (item.State == ReviewState.ActDue)
                {
                    signals.ActDue();
                }
            }
        }

        return results;
    }

    /// <summary>Records within the caller's transaction. It is not counted here: only the caller will know whether it was committed.</summary>
    public ValueTask<EnqueueResult> EnlistAsync(IWorkEnlistment enlistment, NewWork work) => enlistment.EnqueueAsync(queue, work);

    public ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        queue.ClaimAsync(request, cancellationToken);

    public async ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, WorkItem? before = null)
    {
        var result = await queue.ApplyAsync(transition, expectedRevision).ConfigureAwait(false);
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

    public ValueTask<WorkItem?> GetAsync(string workflow, DecisionId id, CancellationToken cancellationToken = default) =>
        queue.GetAsync(workflow, id, cancellationToken);

    public ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken) => queue.ListAsync(request, cancellationToken);

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

    public ValueTask<IReadOnlyList<QueueMeasure>> MeasureAsync(CancellationToken cancellationToken) => queue.MeasureAsync(cancellationToken);

    private void Tell(WorkItem? before, WorkItem after, JournalEntry entry)
    {
        if (entry is VerdictGiven verdict)
        {
            telemetry.Decided(before ?? after, after, verdict.Verdict);
        }
        else if (entry is ReviewerAbstained)
        {
            telemetry.Abstained(after);
        }

        if (entry is VerdictGiven or OutcomeRecorded or DecisionWithdrawn)
        {
            signals.Answered();
        }

        signals.Moved(new(after.Workflow, after.DecisionId));
        if (after.State == ReviewState.ActDue)
        {
            signals.ActDue();
        }
    }
}
