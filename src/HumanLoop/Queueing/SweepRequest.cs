using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>Asks a queue to do what time has made due.</summary>
/// <param name="Policies">What time does, for each workflow that is to be swept.</param>
/// <param name="Max">How many items at most in one commit, from 1.</param>
public sealed record SweepRequest(IReadOnlyList<SweepPolicy> Policies, int Max = 500)
{
    /// <summary>The next thing that time has made due for an item. The rule of every store's sweep: call it again on what it returns, until it has nothing
    /// more.</summary>
    /// <param name="item">An item whose <see cref="WorkItem.WakeAt"/> has come.</param>
    /// <param name="now">The store's time.</param>
    /// <returns>The next item and its entry; <see langword="null"/> when nothing is due.</returns>
    public TransitionResult? Next(WorkItem item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        var policy = PolicyOf(item.Workflow);
        var entry = policy is null ? null : Due(item, policy, now);
        return entry is null ? null : Transition.Step(item, now, null, entry);
    }

    /// <summary>Whether retention says that a closed item's data goes now.</summary>
    /// <param name="item">The item.</param>
    /// <param name="now">The store's time.</param>
    /// <returns><see langword="true"/> when <see cref="ErasePayload"/> is due.</returns>
    public bool ErasesPayload(WorkItem item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        return !item.IsErased && item.ClosedAt is { } closed && PolicyOf(item.Workflow)?.PayloadRetention is { } keep && closed + keep <= now;
    }

    /// <summary>Whether a closed item is forgotten now: its id may then be used again. Its journal stays.</summary>
    /// <param name="item">The item.</param>
    /// <param name="now">The store's time.</param>
    /// <returns><see langword="true"/> when the queue may delete it.</returns>
    public bool Forgets(WorkItem item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Outbox.Count == 0 && item.ClosedAt is { } closed && PolicyOf(item.Workflow) is { } policy && closed + policy.IdempotencyWindow <= now;
    }

    private SweepPolicy? PolicyOf(string workflow)
    {
        foreach (var policy in Policies)
        {
            if (policy.Workflow == workflow)
            {
                return policy;
            }
        }

        return null;
    }

    private static JournalEntry? Due(WorkItem item, SweepPolicy policy, DateTimeOffset now)
    {
        if (item.LeaseHolder is { } holder && item.LeaseUntil <= now)
        {
            return Lapsed(item, policy, holder, now);
        }

        if (item.State == DecisionState.Decided && item.ReadyAt <= now)
        {
            return new UndoWindowClosed();
        }

        if (item.AwaitsEvidence && item.Routed.EvidenceDue <= now)
        {
            return new EvidenceOverdue();
        }

        return item.AwaitsVerdict && item.Due <= now ? Overdue(item, policy, now) : null;
    }

    private static JournalEntry Lapsed(WorkItem item, SweepPolicy policy, string holder, DateTimeOffset now)
    {
        if (item.State != DecisionState.Acting)
        {
            return new LeaseExpired { Holder = holder };
        }

        if (!policy.IsIdempotent)
        {
            return new EffectUncertain { Due = now + policy.Deadline };
        }

        return item.Attempt >= policy.MaxAttempts
            ? new EffectFailed { Error = "LeaseExpired", Attempts = item.Attempt }
            : new LeaseExpired { Holder = holder };
    }

    private static JournalEntry Overdue(WorkItem item, SweepPolicy policy, DateTimeOffset now)
    {
        switch (policy.WhenOverdue)
        {
            case WhenOverdue.Expire when !item.HasActed && item.ReviewReason is null:
                // What has acted, or may have, never expires: declining it could tell a customer the opposite of what was done.
                return new ReviewExpired { Effect = item.Routed.Shadow || !item.Routed.Handled ? Effect.None : Effect.Decline };
            case WhenOverdue.Hold:
                return new ReviewOverdue();
            default:
                var level = item.EscalationLevel;
                var told = policy.Escalation.Count == 0 ? null : policy.Escalation[Math.Min(level, policy.Escalation.Count - 1)];
                return new ReviewOverdue
                {
                    Told = told,
                    To = PassesTo(item, told),
                    Due = level + 1 < policy.Escalation.Count ? now + policy.Deadline : null,
                };
        }
    }

    /// <summary>Work that was assigned to one person waits for that person alone; once overdue, it waits for the next one up. A reviewer who holds it keeps
    /// it.</summary>
    private static string? PassesTo(WorkItem item, string? told) =>
        item is { AssignedTo: { } assigned, LeaseHolder: null } && told is not null && told != assigned && !item.HasVoted(told) ? told : null;
}
