using System.Text.Json.Serialization;
using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>
/// One decision's row in the queue: the facts as its journal tells them, and the payload. <see cref="Replay"/> of the
/// journal makes the same facts again, so a store can never hold a state that its journal does not explain.
/// </summary>
/// <remarks>Immutable. A store keeps <see cref="Payload"/> apart from the facts and may drop it (erasure); everything else it keeps as it is.</remarks>
public sealed partial record WorkItem
{
    /// <summary>How the decision was judged when it was routed.</summary>
    public required DecisionRouted Routed { get; init; }

    /// <summary>The order in which the store recorded decisions: given by the store, positive, increasing, gaps allowed.</summary>
    [JsonIgnore]
    public long Sequence { get; init; }

    /// <summary>The decision's data; <see langword="null"/> once erased.</summary>
    [JsonIgnore]
    public WorkPayload? Payload { get; init; }

    /// <summary>Where it stands.</summary>
    public DecisionState State { get; init; }

    /// <summary>Which effect is due, under way or done last.</summary>
    public Effect Effect { get; init; }

    /// <summary>Whether the proposal has taken effect: a verdict is then a check of it, and finding it wrong compensates.</summary>
    public bool HasActed { get; init; }

    /// <summary>One more with each journal entry, from 1: the last entry's <see cref="JournalEntry.Version"/>.</summary>
    public long Version { get; init; }

    /// <summary>The public fence: one more at each claim, lost lease, verdict, undo and escalation.</summary>
    public long Revision { get; init; }

    /// <summary>How many attempts at the present effect have begun.</summary>
    public int Attempt { get; init; }

    /// <summary>From when it may be claimed; while decided, when the undo window ends.</summary>
    public DateTimeOffset ReadyAt { get; init; }

    /// <summary>By when a person should have answered; <see langword="null"/> when no person further up is left to tell.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Whether the present question has waited past a deadline.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>How many steps up it has been escalated.</summary>
    public int EscalationLevel { get; init; }

    /// <summary>Higher is more urgent.</summary>
    public int Priority { get; init; }

    /// <summary>Who alone may claim it; <see langword="null"/> for anybody.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>Who holds the lease; <see langword="null"/> when it is free.</summary>
    public string? LeaseHolder { get; init; }

    /// <summary>Since when it is held.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>Until when the lease runs.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Why a person is asked, where it is not the route's reason: an uncertain effect.</summary>
    public string? ReviewReason { get; init; }

    /// <summary>What was decided; <see langword="null"/> while undecided.</summary>
    public VerdictFacts? Verdict { get; init; }

    /// <summary>Whether the AI's original proposal was right, as far as is known; <see langword="null"/> while it is not.</summary>
    public bool? WasRight { get; init; }

    /// <summary>Whether <see cref="WasRight"/> comes from an outcome or a truth, which no verdict replaces.</summary>
    public bool HasOutcome { get; init; }

    /// <summary>Whether the question went unanswered past the evidence deadline and counts as wrong until it is answered.</summary>
    public bool IsEvidenceOverdue { get; init; }

    /// <summary>Who abstained, and is not offered it again.</summary>
    public IReadOnlyList<string> Abstained { get; init; } = [];

    /// <summary>What reviewers found so far, where several must agree; with the settling one once it is decided.</summary>
    public IReadOnlyList<VerdictFacts> Votes { get => field ?? []; init; }

    /// <summary>Whether the votes differ: the next person to decide, who has not voted, settles it.</summary>
    public bool IsContested { get; init; }

    /// <summary>The decision that took its place; empty for none.</summary>
    public DecisionId SupersededBy { get; init; }

    /// <summary>When it came to rest: settled, withdrawn or expired; <see langword="null"/> while open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Whether the payload was erased.</summary>
    public bool IsErased { get; init; }

    /// <summary>Entries that a journal elsewhere has not got yet. A queue that is its own journal leaves it empty.</summary>
    public IReadOnlyList<JournalEntry> Outbox { get; init; } = [];

    /// <summary>The workflow's name.</summary>
    [JsonIgnore]
    public string Workflow => Routed.Workflow;

    /// <summary>The decision's id.</summary>
    [JsonIgnore]
    public DecisionId DecisionId => Routed.DecisionId;

    /// <summary>How many reviewers have to find the same before it is decided: one where a vote is contested, or where only an uncertain effect is asked
    /// about.</summary>
    [JsonIgnore]
    public int Quorum => IsContested || ReviewReason is not null ? 1 : Math.Max(1, Routed.Reviewers);

    /// <summary>The skills that a reviewer needs.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Requires => Routed.Requires?.Split(' ') ?? [];

    /// <summary>Who is not offered it again: who abstained or voted. A store may use it to pass over work; the rule of the claim decides.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Barred => Votes.Count == 0 ? Abstained : [.. Abstained.Union(Votes.Select(vote => vote.Reviewer))];

    /// <summary>Whether reviewers are shown neither proposal nor confidence, reason or route: as long as a reviewer may still change what was found, and not
    /// where a person is asked how an effect ended.</summary>
    [JsonIgnore]
    public bool IsBlind => Routed.Blind && ReviewReason is null
        && (AwaitsVerdict || State == DecisionState.Decided || (State is DecisionState.ActDue or DecisionState.Acting && Verdict is null));

    /// <summary>Whether nothing more happens by itself.</summary>
    [JsonIgnore]
    public bool IsClosed => State is DecisionState.Settled or DecisionState.Withdrawn or DecisionState.Expired;

    /// <summary>Whether a person may decide it now.</summary>
    [JsonIgnore]
    public bool AwaitsVerdict => State is DecisionState.Pending or DecisionState.Claimed;

    /// <summary>Whether it counts towards <see cref="NewWork.MaxPending"/>: a verdict is awaited now, or will be once the proposal has acted.</summary>
    [JsonIgnore]
    public bool CountsAsPending => AwaitsVerdict
        || (State is DecisionState.ActDue or DecisionState.Acting && Routed.Route.Kind == RouteKind.Audit && !HasActed && Verdict is null);

    /// <summary>When time alone next changes something here: a lease ends, an undo window closes, a deadline passes. A store sweeps by it.</summary>
    [JsonIgnore]
    public DateTimeOffset? WakeAt
    {
        get
        {
            DateTimeOffset? earliest = null;
            Consider(LeaseHolder is null ? null : LeaseUntil);
            Consider(State == DecisionState.Decided ? ReadyAt : null);
            Consider(AwaitsVerdict ? Due : null);
            Consider(AwaitsEvidence ? Routed.EvidenceDue : null);
            return earliest;

            void Consider(DateTimeOffset? moment)
            {
                if (moment is { } at && (earliest is null || at < earliest))
                {
                    earliest = at;
                }
            }
        }
    }

    /// <summary>Whether evidence was asked of a person and has not come.</summary>
    [JsonIgnore]
    public bool AwaitsEvidence => Routed.IsDrawn && Routed.Eligible && WasRight is null && !IsEvidenceOverdue && !IsClosed;

    /// <summary>Whether a person has voted in the present round: no person does so twice.</summary>
    /// <param name="person">Who.</param>
    /// <returns><see langword="true"/> after a vote.</returns>
    public bool HasVoted(string? person) => Votes.Any(vote => vote.Reviewer == person);
}
