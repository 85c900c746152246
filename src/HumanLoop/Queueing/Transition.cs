using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>A request to move one piece of work on. Its rule is here, in the core; a store only reads the item, calls <see cref="ApplyTo"/> and commits what
/// comes back.</summary>
/// <remarks>Pure: no clock, no I/O. Immutable.</remarks>
public abstract record Transition
{
    private protected Transition(string workflow, DecisionId decisionId)
    {
        Workflow = workflow;
        DecisionId = decisionId;
    }

    /// <summary>The workflow's name.</summary>
    public string Workflow { get; }

    /// <summary>The decision.</summary>
    public DecisionId DecisionId { get; }

    /// <summary>Who asks for it; <see langword="null"/> for the library itself.</summary>
    public string? Actor { get; init; }

    /// <summary>Judges the request against the item as it stands.</summary>
    /// <param name="item">The item, read in the same transaction that will write the result.</param>
    /// <param name="expectedRevision">The revision that the caller saw; <see langword="null"/> where any will do.</param>
    /// <param name="now">The store's time.</param>
    /// <returns>The next item and its journal entry, or why not.</returns>
    public TransitionResult ApplyTo(WorkItem item, long? expectedRevision, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        return expectedRevision is { } expected && expected != item.Revision
            ? Refuse(item, item.IsClosed || item.Verdict is not null ? Refusal(item) : TransitionStatus.StaleRevision)
            : Decide(item, now);
    }

    /// <summary>The same request with what it says of the decision closed.</summary>
    internal virtual Transition Sealed(PayloadSeal seal) => this;

    /// <summary>The rule.</summary>
    private protected abstract TransitionResult Decide(WorkItem item, DateTimeOffset now);

    /// <summary>The entry happens.</summary>
    private protected TransitionResult Accept(WorkItem item, DateTimeOffset now, JournalEntry entry) => Step(item, now, Actor, entry);

    /// <summary>The entry happens and changes the payload too.</summary>
    private protected TransitionResult Accept(WorkItem item, DateTimeOffset now, JournalEntry entry, Func<WorkPayload, WorkPayload> change)
    {
        var result = Accept(item, now, entry);
        return result.Item!.Payload is { } payload ? result with { Item = result.Item with { Payload = change(payload) } } : result;
    }

    /// <summary>Nothing happens.</summary>
    private protected static TransitionResult Refuse(WorkItem item, TransitionStatus why) => new(why, item, null);

    /// <summary>Why work that is past its review takes no more of it.</summary>
    private protected static TransitionStatus Refusal(WorkItem item) =>
        !item.SupersededBy.IsEmpty ? TransitionStatus.Superseded
        : item.Verdict is not null ? TransitionStatus.AlreadyDecided
        : item.IsClosed || (item.State is DecisionState.ActDue or DecisionState.Acting && item.Effect == Effect.Decline) ? TransitionStatus.Closed
        : TransitionStatus.NotAllowed;

    /// <summary>Completes an entry with its place in the decision's stream and applies it.</summary>
    internal static TransitionResult Step(WorkItem item, DateTimeOffset now, string? actor, JournalEntry entry)
    {
        var complete = entry with { Workflow = item.Workflow, DecisionId = item.DecisionId, Version = item.Version + 1, At = now, Actor = actor };
        return new(TransitionStatus.Applied, item.Apply(complete), complete);
    }
}
