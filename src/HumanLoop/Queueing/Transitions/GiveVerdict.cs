using System.Text.Json;
using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>A reviewer decides, or votes where several must agree. The first verdict stands; a second one is refused by type.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="Kind">What was found.</param>
/// <param name="WasRight">Whether the AI's original proposal was right.</param>
internal sealed record GiveVerdict(string Workflow, DecisionId DecisionId, VerdictKind Kind, bool WasRight) : Transition(Workflow, DecisionId)
{
    /// <summary>The reason code.</summary>
    public string? Reason { get; init; }

    /// <summary>The reviewer's comment; payload.</summary>
    public string? Comment { get; init; }

    /// <summary>The corrected proposal, JSON, already validated; empty for none.</summary>
    public ReadOnlyMemory<byte> Correction { get; init; }

    /// <summary>SHA-256 of the corrected proposal.</summary>
    public string? CorrectionFingerprint { get; init; }

    /// <summary>How long it can be taken back; zero for not at all.</summary>
    public TimeSpan UndoWindow { get; init; }

    /// <summary>Whether the reviewer must hold the lease; not so for verdicts from outside tools.</summary>
    public bool NeedsLease { get; init; }

    /// <summary>Who decides in turn where votes differ; the first of them who has not voted is asked.</summary>
    public IReadOnlyList<string> Escalation { get; init; } = [];

    /// <summary>How long that person has.</summary>
    public TimeSpan Deadline { get; init; }

    internal override Transition Sealed(PayloadSeal seal) => this with { Correction = seal.Protect(Correction), Comment = seal.Protect(Comment) };

    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        if (!item.AwaitsVerdict)
        {
            return Refuse(item, Refusal(item));
        }

        if (NeedsLease && (item.LeaseHolder is null || item.LeaseHolder != Actor || item.LeaseUntil <= now))
        {
            return Refuse(item, TransitionStatus.LeaseLost);
        }

        if (item.HasVoted(Actor))
        {
            return Refuse(item, TransitionStatus.AlreadyVoted);
        }

        var found = new VerdictFacts { Kind = Kind, Reviewer = Actor ?? "", Reason = Reason, WasRight = WasRight, CorrectionFingerprint = CorrectionFingerprint, At = now };
        if (item.Quorum > 1)
        {
            var differs = item.Votes.Any(vote => !vote.FindsTheSameAs(found));
            if (differs || item.Votes.Count + 1 < item.Quorum)
            {
                return Accept(item, now, Vote(item, found, differs, now), WithVote);
            }
        }

        return Accept(
            item,
            now,
            new VerdictGiven { Verdict = found, Effect = EffectOn(item), UndoUntil = UndoWindow > TimeSpan.Zero ? now + UndoWindow : null },
            payload => (item.Routed.Reviewers > 1 ? WithVote(payload) : payload) with { Correction = Correction, Comment = Comment });
    }

    private VoteGiven Vote(WorkItem item, VerdictFacts found, bool differs, DateTimeOffset now)
    {
        var next = differs ? Escalation.Skip(Math.Min(item.EscalationLevel, Escalation.Count)).Concat(Escalation).FirstOrDefault(person => person != Actor && !item.HasVoted(person)) : null;
        return new() { Verdict = found, Differs = differs, EscalatedTo = next, Due = differs && Deadline > TimeSpan.Zero ? now + Deadline : null };
    }

    private WorkPayload WithVote(WorkPayload payload)
    {
        JsonElement? correction = null;
        if (!Correction.IsEmpty)
        {
            using var document = JsonDocument.Parse(Correction);
            correction = document.RootElement.Clone();
        }

        return payload with { Votes = [.. payload.Votes, new(Actor ?? "", correction, Comment)] };
    }

    private Effect EffectOn(WorkItem item)
    {
        if (item.Routed.Shadow || !item.Routed.Handled)
        {
            return Effect.None;
        }

        if (item.HasActed)
        {
            return WasRight ? Effect.None : Effect.Compensate;
        }

        // "It did happen": a person looked into an attempt that ended unknown, and neither acting nor declining is left to do.
        if (item.ReviewReason is not null && Kind == VerdictKind.Rejected && WasRight)
        {
            return Effect.None;
        }

        return Kind == VerdictKind.Rejected ? Effect.Decline : Effect.Act;
    }
}
