using HumanLoop.Adapting;
using HumanLoop.Journaling;

namespace HumanLoop.Reporting;

/// <summary>What counting one decision needs to know of its stream so far: nothing but a fold of its own journal, so that it can be forgotten and made
/// again.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class DecisionTrace
{
    private OutcomeFold _trail;
    private OutcomeCause _missing;
    private string? _holder;

    public DecisionTrace(long position, DecisionRouted routed)
    {
        Position = position;
        Day = DayOf(routed.At);
        (Segment, Model, Confidence, Probability) = (routed.Segment, routed.Model, routed.Confidence, routed.ReviewProbability);
        Kind = routed.Route.Kind;
        IsEvidence = routed.Eligible && routed.IsDrawn;
        IsOpen = routed.IsDrawn;
        ReadyAt = routed.At;
        Golden = routed.Golden;
    }

    public long Position { get; }

    public int Day { get; }

    public string? Segment { get; }

    public string? Model { get; }

    public Confidence Confidence { get; }

    public ReviewProbability Probability { get; }

    public RouteKind Kind { get; }

    /// <summary>What its answer is known to be; null for a decision of the AI.</summary>
    public GoldenAnswer? Golden { get; }

    /// <summary>Whether its outcome enters the counts of right and wrong.</summary>
    public bool IsEvidence { get; }

    /// <summary>Whether a verdict is awaited.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Since when a person could have looked.</summary>
    public DateTimeOffset ReadyAt { get; private set; }

    public DateTimeOffset? FirstClaimAt { get; private set; }

    /// <summary>Since when the present holder has it.</summary>
    public DateTimeOffset? HeldSince { get; private set; }

    /// <summary>The verdict that stands and when it was given.</summary>
    public (VerdictFacts Facts, int Day)? Verdict { get; private set; }

    public OutcomeCause Outcome => !IsEvidence ? OutcomeCause.None : _trail.Standing switch
    {
        OutcomeStanding.Right => OutcomeCause.Right,
        OutcomeStanding.Wrong => OutcomeCause.Wrong,
        OutcomeStanding.Overdue => _missing,
        _ => OutcomeCause.None,
    };

    /// <summary>Whether it need not be kept: what may still come is rare, and its stream can be read again.</summary>
    public bool IsDone => !IsOpen && _trail.IsAnswered;

    public static int DayOf(DateTimeOffset at) => (int)(at.UtcTicks / TimeSpan.TicksPerDay);

    /// <summary>Makes the trace from a decision's own journal before the record that comes next.</summary>
    public static DecisionTrace? Of(IEnumerable<JournalRecord> stream, long before)
    {
        DecisionTrace? trace = null;
        foreach (var record in stream.Where(record => record.Position < before))
        {
            if (record.Entry is DecisionRouted routed)
            {
                trace = new(record.Position, routed);
            }
            else
            {
                trace?.Apply(record.Entry);
            }
        }

        return trace;
    }

    public bool IsHeldBy(string reviewer) => _holder == reviewer;

    public void Apply(JournalEntry entry)
    {
        switch (entry)
        {
            case ReviewClaimed claimed:
                (_holder, HeldSince) = (claimed.Holder, claimed.At);
                FirstClaimAt ??= claimed.At;
                return;
            case ReviewReleased or LeaseExpired or ReviewEscalated or ReviewerAbstained:
                Free();
                return;
            case ReviewAssigned { To: { } to } when to != _holder:
                Free();
                return;
            case EffectDone when Kind == RouteKind.Audit && Verdict is null && FirstClaimAt is null:
                ReadyAt = entry.At;
                return;
            case VoteGiven vote when vote.Differs || vote.Verdict.Reviewer == _holder:
                Free();
                return;
            case VerdictGiven verdict:
                Verdict = (verdict.Verdict, DayOf(verdict.At));
                IsOpen = false;
                Free();
                break;
            case VerdictUndone or EffectUncertain:
                (Verdict, FirstClaimAt, ReadyAt, IsOpen) = (null, null, entry.At, true);
                Free();
                break;
            case ReviewExpired or DecisionWithdrawn or EvidenceOverdue:
                _missing = entry is ReviewExpired ? OutcomeCause.Expired : entry is DecisionWithdrawn ? OutcomeCause.Withdrawn : OutcomeCause.Overdue;
                IsOpen &= entry is EvidenceOverdue;
                break;
        }

        _trail.Apply(entry);
    }

    private void Free() => (_holder, HeldSince) = (null, null);
}
