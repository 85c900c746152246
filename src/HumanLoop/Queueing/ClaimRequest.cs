using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>Asks a queue for free work under a lease, most urgent first: higher priority, then the earlier due time, then the earlier decision.</summary>
public sealed record ClaimRequest
{
    /// <summary>For a reviewer or for the dispatcher.</summary>
    public required WorkPurpose Purpose { get; init; }

    /// <summary>Who takes it: the reviewer, or the process.</summary>
    public required string Holder { get; init; }

    /// <summary>Of which workflows; empty for all.</summary>
    public IReadOnlyList<string> Workflows { get; init; } = [];

    /// <summary>Of which segment; <see langword="null"/> for all.</summary>
    public string? Segment { get; init; }

    /// <summary>The reviewer's skills. Work that requires others is passed over, unless it is assigned to the reviewer.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>How many at most, from 1.</summary>
    public required int Max { get; init; }

    /// <summary>How long the lease runs.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>Whether this request may have an item, and what the item is then. The rule of every store's claim.</summary>
    /// <param name="item">A candidate.</param>
    /// <param name="now">The store's time.</param>
    /// <returns>The claimed item and its entry, or why not.</returns>
    public TransitionResult Take(WorkItem item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        var free = item.ReadyAt <= now && (Purpose == WorkPurpose.Review
            ? item.State == DecisionState.Pending
                && !item.HasVoted(Holder)
                && (item.AssignedTo is { } person ? person == Holder : !item.Abstained.Contains(Holder) && item.Requires.All(Skills.Contains))
            : item.State == DecisionState.ActDue);
        var wanted = (Workflows.Count == 0 || Workflows.Contains(item.Workflow)) && (Segment is null || Segment == item.Routed.Segment);
        if (!free || !wanted)
        {
            return new(TransitionStatus.NotAllowed, item, null);
        }

        return Transition.Step(item, now, Holder, Purpose == WorkPurpose.Review
            ? new ReviewClaimed { Holder = Holder, LeaseUntil = now + Lease }
            : new EffectStarted { Holder = Holder, LeaseUntil = now + Lease });
    }
}
