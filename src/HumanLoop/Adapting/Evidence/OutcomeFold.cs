using HumanLoop.Journaling;

namespace HumanLoop.Adapting;

/// <summary>What one decision's journal entries say, so far, of whether the AI was right. A verdict counts once it can no longer be taken back; a recorded
/// outcome outranks it.</summary>
internal struct OutcomeFold
{
    private bool _hasOutcome;
    private OutcomeStanding _revocable;

    /// <summary>What is known.</summary>
    public OutcomeStanding Standing { get; private set; }

    /// <summary>Whether nothing but an outcome, or a correction, can still come.</summary>
    public readonly bool IsAnswered => Standing != OutcomeStanding.Unknown && _revocable == OutcomeStanding.Unknown;

    /// <summary>Whether entries of this kind can say anything here.</summary>
    public static bool Concerns(JournalEntry entry) =>
        entry is VerdictGiven or VerdictUndone or UndoWindowClosed or EvidenceOverdue or DecisionWithdrawn or ReviewExpired or OutcomeRecorded { IsEvidence: true };

    /// <summary>Takes the next entry in.</summary>
    /// <returns>Whether what is known has changed.</returns>
    public bool Apply(JournalEntry entry)
    {
        var before = Standing;
        switch (entry)
        {
            case VerdictGiven verdict when verdict.UndoUntil is null:
                Judge(verdict.Verdict.WasRight);
                break;
            case VerdictGiven verdict:
                _revocable = Standings(verdict.Verdict.WasRight);
                break;
            case UndoWindowClosed when _revocable != OutcomeStanding.Unknown:
                Judge(_revocable == OutcomeStanding.Right);
                break;
            case VerdictUndone:
                _revocable = OutcomeStanding.Unknown;
                break;
            case EvidenceOverdue or DecisionWithdrawn or ReviewExpired when Standing == OutcomeStanding.Unknown:
                Standing = OutcomeStanding.Overdue;
                break;
            case OutcomeRecorded { IsEvidence: true } outcome:
                Standing = Standings(outcome.WasRight);
                _hasOutcome = true;
                break;
        }

        return Standing != before;
    }

    private void Judge(bool wasRight)
    {
        _revocable = OutcomeStanding.Unknown;
        if (!_hasOutcome)
        {
            Standing = Standings(wasRight);
        }
    }

    private static OutcomeStanding Standings(bool wasRight) => wasRight ? OutcomeStanding.Right : OutcomeStanding.Wrong;
}
