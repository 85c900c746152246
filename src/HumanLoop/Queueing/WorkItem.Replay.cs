using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

public sealed partial record WorkItem
{
    /// <summary>Makes the item that a routed decision begins as.</summary>
    /// <param name="routed">How it was judged.</param>
    /// <param name="payload">Its data, or <see langword="null"/> when only the facts are wanted.</param>
    /// <returns>An item at version 1 and revision 1.</returns>
    public static WorkItem Begin(DecisionRouted routed, WorkPayload? payload = null)
    {
        ArgumentNullException.ThrowIfNull(routed);
        var item = new WorkItem
        {
            Routed = routed,
            Payload = payload,
            Version = routed.Version,
            Revision = 1,
            ReadyAt = routed.At,
            Due = routed.Due,
            State = DecisionState.Pending,
        };
        if (!routed.Route.ActsAtOnce)
        {
            return item;
        }

        if (!routed.Handled)
        {
            // The caller acts on the receipt, so to us the act has happened.
            return item.Acted(routed.At);
        }

        return routed.Holder is null
            ? item with { State = DecisionState.ActDue, Effect = Effect.Act }
            : item with { State = DecisionState.Acting, Effect = Effect.Act, Attempt = 1, LeaseHolder = routed.Holder, HeldSince = routed.At, LeaseUntil = routed.LeaseUntil };
    }

    /// <summary>Makes an item's facts again from its journal.</summary>
    /// <param name="entries">The decision's entries, in the order of their versions, beginning with <see cref="DecisionRouted"/>.</param>
    /// <returns>The item, without payload.</returns>
    /// <exception cref="ArgumentException">The entries do not begin with the routing, or a version is missing.</exception>
    public static WorkItem Replay(IEnumerable<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        WorkItem? item = null;
        foreach (var entry in entries)
        {
            // An id that the queue had forgotten and that was routed again begins a new stream.
            item = entry is DecisionRouted routed && (item is null || (item.IsClosed && routed.Version == item.Version + 1)) ? Begin(routed)
                : item is not null ? item.Apply(entry)
                : throw new ArgumentException("A decision's journal begins with its routing.", nameof(entries));
        }

        return item ?? throw new ArgumentException("The journal is empty.", nameof(entries));
    }

    /// <summary>The item after one more entry.</summary>
    /// <param name="entry">The entry whose version follows this item's.</param>
    /// <returns>The next item.</returns>
    /// <exception cref="ArgumentException">The entry is of another decision, is not the next one, or is of no kind that happens to decisions.</exception>
    public WorkItem Apply(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Version != Version + 1 || entry.DecisionId != DecisionId || entry.Workflow != Workflow)
        {
            throw new ArgumentException($"Decision '{Workflow}/{DecisionId}' is at version {Version}; entry {entry.Version} of '{entry.Workflow}/{entry.DecisionId}' does not follow.", nameof(entry));
        }

        return Next(entry) with { Version = entry.Version };
    }

    private WorkItem Next(JournalEntry entry) => entry switch
    {
        ReviewClaimed e => this with { State = DecisionState.Claimed, LeaseHolder = e.Holder, HeldSince = e.At, LeaseUntil = e.LeaseUntil, Revision = Revision + 1 },
        LeaseExtended e => this with { LeaseUntil = e.LeaseUntil },
        ReviewReleased => Freed(),
        LeaseExpired e => State == DecisionState.Acting ? Unheld() with { State = DecisionState.ActDue, ReadyAt = e.At, Revision = Revision + 1 } : Freed(),
        ReviewEscalated e => Freed() with { AssignedTo = e.To, EscalationLevel = EscalationLevel + 1, Due = e.Due },
        ReviewOverdue e => this with { IsOverdue = true, EscalationLevel = EscalationLevel + 1, Due = e.Due, AssignedTo = e.To ?? AssignedTo },
        ReviewReminded e => this with { Due = e.Due },
        ReviewNoted => this,
        ReviewAssigned e => (LeaseHolder is not null && e.To is not null && e.To != LeaseHolder ? Freed() : this) with { AssignedTo = e.To },
        ReviewPrioritised e => this with { Priority = e.Priority },
        ReviewerAbstained e => Freed() with
        {
            Abstained = [.. Abstained, e.Actor ?? ""],
            AssignedTo = e.EscalatedTo ?? (AssignedTo == e.Actor ? null : AssignedTo),
            EscalationLevel = EscalationLevel + (e.EscalatedTo is null ? 0 : 1),
        },
        VoteGiven e => Voted(e),
        VerdictGiven e => Judged(e),
        VerdictUndone e => Freed() with { ReadyAt = e.At, Verdict = null, WasRight = HasOutcome ? WasRight : null, Effect = Effect.None, Votes = [.. Votes.SkipLast(1)] },
        UndoWindowClosed e => Follow(Effect, e.At),
        ReviewExpired e => e.Effect == Effect.None
            ? Freed() with { State = DecisionState.Expired, ClosedAt = e.At }
            : Freed() with { State = DecisionState.ActDue, Effect = e.Effect, Attempt = 0, ReadyAt = e.At },
        DecisionWithdrawn e => Freed() with { State = DecisionState.Withdrawn, ClosedAt = e.At, SupersededBy = e.SupersededBy },
        EffectStarted e => this with { State = DecisionState.Acting, Attempt = Attempt + 1, LeaseHolder = e.Holder, HeldSince = e.At, LeaseUntil = e.LeaseUntil, Revision = Revision + 1 },
        EffectDone e => Unheld().Finished(e.At),
        EffectFailed e => Unheld() with { State = e.RetryAt is null ? DecisionState.DeadLetter : DecisionState.ActDue, ReadyAt = e.RetryAt ?? e.At, Attempt = e.Attempts },
        EffectUncertain e => Freed() with { ReviewReason = RouteReasons.OutcomeUnknown, Due = e.Due, IsOverdue = false, Verdict = null, Votes = [], IsContested = false, Effect = Effect.None, Attempt = 0, ReadyAt = e.At },
        DeadLetterRetried e => this with { State = DecisionState.ActDue, Attempt = 0, ReadyAt = e.At, Revision = Revision + 1 },
        DeadLetterSettled e => Unheld().Finished(e.At),
        OutcomeRecorded e => e.IsEvidence ? this with { WasRight = e.WasRight, HasOutcome = true, IsEvidenceOverdue = false } : this,
        EvidenceOverdue => this with { IsEvidenceOverdue = true },
        PayloadErased => this with { IsErased = true, Payload = null },
        _ => throw new ArgumentException($"A '{entry.GetType().Name}' does not happen to a decision.", nameof(entry)),
    };

    private WorkItem Voted(VoteGiven e)
    {
        // Another reviewer may hold it under a lease, unless the votes differ and it is theirs no longer.
        var open = e.Differs || LeaseHolder is null || LeaseHolder == e.Verdict.Reviewer ? Freed() : this with { Revision = Revision + 1 };
        return open with
        {
            Votes = [.. Votes, e.Verdict],
            IsContested = e.Differs,
            AssignedTo = e.Differs ? e.EscalatedTo : AssignedTo == e.Verdict.Reviewer ? null : AssignedTo,
            EscalationLevel = EscalationLevel + (e.EscalatedTo is null ? 0 : 1),
            Due = e.Due ?? Due,
        };
    }

    private WorkItem Judged(VerdictGiven e)
    {
        var judged = Freed() with
        {
            Verdict = e.Verdict,
            Votes = Routed.Reviewers > 1 ? [.. Votes, e.Verdict] : Votes,
            WasRight = HasOutcome ? WasRight : e.Verdict.WasRight,
            IsEvidenceOverdue = false,
            IsOverdue = false,
            Effect = e.Effect,
            Attempt = 0,
        };
        return e.UndoUntil is { } until
            ? judged with { State = DecisionState.Decided, ReadyAt = until }
            : judged.Follow(e.Effect, e.At);
    }

    private WorkItem Follow(Effect effect, DateTimeOffset at) => effect == Effect.None
        ? this with { State = DecisionState.Settled, ClosedAt = at }
        : this with { State = DecisionState.ActDue, ReadyAt = at };

    private WorkItem Finished(DateTimeOffset at) => Effect == Effect.Act && Verdict is null
        ? Acted(at)
        : this with { State = DecisionState.Settled, ClosedAt = at, HasActed = HasActed || Effect == Effect.Act };

    /// <summary>After an act that no person had decided: a drawn one now becomes claimable to be checked, the rest is done.</summary>
    private WorkItem Acted(DateTimeOffset at) => Routed.Route.Kind == RouteKind.Audit
        ? this with { State = DecisionState.Pending, HasActed = true, Effect = Effect.None, ReadyAt = at }
        : this with { State = DecisionState.Settled, HasActed = true, ClosedAt = at };

    private WorkItem Freed() => Unheld() with { State = DecisionState.Pending, Revision = Revision + 1 };

    private WorkItem Unheld() => this with { LeaseHolder = null, HeldSince = null, LeaseUntil = null };
}
