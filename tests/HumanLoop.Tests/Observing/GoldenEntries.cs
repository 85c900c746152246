using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Tests.Observing;

/// <summary>What the golden files of version 1 hold.</summary>
internal static class GoldenEntries
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 30, 15, 250, TimeSpan.Zero);

    public static IReadOnlyList<JournalEntry> All { get; } =
    [
        Routed,
        new DecisionRouted
        {
            Workflow = "refund",
            DecisionId = "2026-0018",
            Version = 1,
            At = At,
            Route = DecisionRoute.Review("confidence_missing"),
            Confidence = Confidence.Unusable,
            Threshold = Threshold.ReviewEverything,
            Eligible = false,
            ReviewProbability = ReviewProbability.Always,
            LowestProbability = ReviewProbability.Always,
            Fingerprint = new('0', 64),
        },
        Of(new ReviewClaimed { Holder = "ann", LeaseUntil = At.AddMinutes(10) }, 2),
        Of(new LeaseExtended { LeaseUntil = At.AddMinutes(15) }, 3),
        Of(new ReviewReleased(), 4),
        Of(new LeaseExpired { Holder = "ann" }, 5) with { Actor = null },
        Of(new ReviewEscalated { To = "lead", Due = At.AddHours(1) }, 6),
        Of(new ReviewOverdue { Told = "owner", Due = At.AddHours(4) }, 7) with { Actor = null },
        Of(new ReviewAssigned { To = "bob" }, 8),
        Of(new ReviewPrioritised { Priority = 0 }, 9),
        Of(new ReviewerAbstained { EscalatedTo = "lead" }, 10),
        Of(new VerdictGiven { Verdict = Verdict, Effect = Effect.Act, UndoUntil = At.AddSeconds(30) }, 11),
        Of(new VerdictGiven { Verdict = new() { Kind = VerdictKind.Approved, Reviewer = "ann", WasRight = true, At = At }, Effect = Effect.None }, 12),
        Of(new VerdictUndone(), 13),
        Of(new UndoWindowClosed(), 14) with { Actor = null },
        Of(new ReviewExpired { Effect = Effect.Decline }, 15) with { Actor = null },
        Of(new DecisionWithdrawn { Reason = "cancelled by customer" }, 16),
        Of(new EffectStarted { Holder = "host/17", LeaseUntil = At.AddMinutes(1) }, 17),
        Of(new EffectDone { Key = "refund/2026-0017/act" }, 18),
        Of(new EffectFailed { Error = "TimeoutException", Attempts = 3, RetryAt = At.AddMinutes(2) }, 19),
        Of(new EffectFailed { Error = "InvalidOperationException", Attempts = 0 }, 20),
        Of(new EffectUncertain { Due = At.AddHours(4) }, 21) with { Actor = null },
        Of(new DeadLetterRetried(), 22),
        Of(new DeadLetterSettled { Note = "paid by bank transfer" }, 23),
        Of(new OutcomeRecorded { WasRight = false, IsEvidence = true, ObservedAt = At.AddDays(-1), ReportedBy = "chargebacks", TruthFingerprint = new('c', 64) }, 24),
        Of(new EvidenceOverdue(), 25) with { Actor = null },
        Of(new PayloadErased(), 26),
        new WorkflowPaused { Workflow = "refund", Version = 1, At = At, Actor = "owner", Reason = "wrong refunds since noon" },
        new WorkflowResumed { Workflow = "refund", Version = 2, At = At, Actor = "owner" },
        new ThresholdSettingsChanged { Workflow = "refund", Version = 3, At = At, Settings = Settings },
        new ThresholdSettingsChanged { Workflow = "refund", Version = 4, At = At, Settings = new() { Policy = "risk-controlled", Goal = new() { MaxErrorRate = 0.05 } } },
        new ThresholdChanged
        {
            Workflow = "refund",
            Version = 5,
            At = At,
            ChangeId = "1-1",
            Segment = "small",
            Model = "m-3",
            Change = new()
            {
                From = Threshold.ReviewEverything,
                To = new(0.83),
                Reason = "earned",
                Evidence = new(new(0.83), 160, 2, 1, 3.125, 0.045),
                Goal = Settings.Goal,
                Epoch = 2,
                Sequence = 731,
                IsProposal = true,
            },
        },
        new ThresholdChanged
        {
            Workflow = "refund",
            Version = 6,
            At = At,
            ChangeId = "1-2",
            Actor = "owner",
            Change = new()
            {
                From = new(0.9),
                To = new(0.5),
                Reason = "forced",
                Evidence = new(new(0.5), 0, 0, 0, double.NaN, 1),
                Goal = new() { MaxErrorRate = 0.05 },
                Epoch = 1,
                Sequence = 0,
                Actor = "owner",
                GuaranteeVoid = true,
            },
        },
        new ThresholdForced { Workflow = "refund", Version = 7, At = At, Actor = "owner", Threshold = new(0.97), Segment = "small", MayVoidGuarantee = true, Reason = "audit week" },
        new ThresholdForced { Workflow = "refund", Version = 8, At = At, Actor = "owner", Released = true, Reason = "audit week is over" },
        new LooseningAnswered { Workflow = "refund", Version = 9, At = At, Actor = "owner", ChangeId = "1-1", Approved = false },
        new EvidenceImported { Workflow = "refund", Version = 10, At = At, Actor = "ann", Model = "m-3", Segment = "small", Confidence = 0.97, WasRight = false },
        new PriorImported { Workflow = "refund", Version = 11, At = At, Actor = "ann", Model = "m-3", Segment = "small", Confidences = [0.5, 0.97], WereRight = [false, true] },
        new MetricRecorded { Workflow = "refund", Version = 12, At = At, Actor = "crm", Name = "complaints per 1,000", IsGuard = true, Value = 2.5, ObservedAt = At.AddDays(-1) },
        new TargetReached { Workflow = "refund", Version = 12, At = At, Metric = "refunds without a human" },
        new GuardMissed { Workflow = "refund", Version = 13, At = At, Guard = "complaints" },
        Full,
        Of(new VoteGiven { Verdict = Verdict }, 27),
        Of(new VoteGiven { Verdict = Verdict with { Reviewer = "bob", Kind = VerdictKind.Approved, WasRight = true, CorrectionFingerprint = null }, Differs = true, EscalatedTo = "lead", Due = At.AddHours(2) }, 28),
        Of(new ReviewReminded { Told = "lead", Due = At.AddHours(3) }, 29),
        Of(new ReviewNoted(), 30),
        Of(new ReviewOverdue { Told = "owner", To = "owner" }, 31) with { Actor = null },
        Of(new DecisionWithdrawn { Reason = "superseded", SupersededBy = "2026-0019" }, 32) with { Actor = null },
    ];

    private static ThresholdSettings Settings => new()
    {
        Policy = "cost-optimal",
        Value = 0.9,
        Streak = 60,
        Window = 500,
        CostOfError = 20,
        CostOfReview = 1.5,
        Per = ThresholdPer.Segment,
        Segments = ["small", "large"],
        OnNewModel = OnNewModel.KeepAndCheckAll,
        Goal = new()
        {
            MaxErrorRate = 0.02,
            Risk = 0.1,
            AuditBudget = 0.03,
            LearningAudits = 0,
            Start = new(0.95),
            NeverBelow = 0.6,
            Loosening = Loosening.OwnerApproves,
            Grid = [0.9, 0.8],
            StrictGrid = true,
            ReviewerMissRate = 0.01,
            ReviewerFalseAlarmRate = 0.005,
            FalseAlarmEvery = 5_000,
            StrictEpochs = true,
        },
    };

    /// <summary>An item in which every stored fact has a value of its own.</summary>
    public static WorkItem Item { get; } = new()
    {
        Routed = Routed,
        State = DecisionState.Acting,
        Effect = Effect.Compensate,
        HasActed = true,
        Version = 27,
        Revision = 9,
        Attempt = 2,
        ReadyAt = At,
        Due = At.AddHours(4),
        IsOverdue = true,
        EscalationLevel = 1,
        Priority = 5,
        AssignedTo = "lead",
        LeaseHolder = "host/17",
        HeldSince = At.AddMinutes(1),
        LeaseUntil = At.AddMinutes(2),
        ReviewReason = "outcome_unknown",
        Verdict = Verdict,
        WasRight = false,
        HasOutcome = true,
        IsEvidenceOverdue = true,
        Abstained = ["ann", "bob"],
        ClosedAt = At.AddDays(1),
        IsErased = true,
        Outbox = [Of(new ReviewReleased(), 27)],
    };

    /// <summary>An item that several people voted on and that another decision took the place of.</summary>
    public static WorkItem VotedItem { get; } = new()
    {
        Routed = Full,
        State = DecisionState.Withdrawn,
        Version = 5,
        Revision = 4,
        ReadyAt = At,
        Votes = [Verdict, Verdict with { Reviewer = "bob", Kind = VerdictKind.Approved, WasRight = true, CorrectionFingerprint = null }],
        IsContested = true,
        SupersededBy = "2026-0019",
        ClosedAt = At.AddHours(1),
    };

    /// <summary>A routing with everything that was added later.</summary>
    private static DecisionRouted Full => Routed with
    {
        Blind = true,
        Reviewers = 2,
        Requires = "fraud german",
        Supersedes = "2026-0016",
        Golden = new() { Kind = VerdictKind.Corrected, WasRight = false, CorrectionFingerprint = new('d', 64), AsCheck = true },
    };

    private static DecisionRouted Routed => new()
    {
        Workflow = "refund",
        DecisionId = "2026-0017",
        Version = 1,
        At = At,
        Route = DecisionRoute.Audit,
        Confidence = 0.934512,
        Threshold = new(0.9),
        Segment = "gold",
        Model = "gpt-4o-mini/prompt-7",
        Epoch = 3,
        Eligible = true,
        ReviewProbability = ReviewProbability.AtRung(4),
        LowestProbability = ReviewProbability.AtRung(6),
        Fingerprint = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        Shadow = true,
        Handled = true,
        Due = At.AddHours(4),
        EvidenceDue = At.AddDays(14),
        Holder = "host/17",
        LeaseUntil = At.AddMinutes(1),
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };

    private static VerdictFacts Verdict => new()
    {
        Kind = VerdictKind.Corrected,
        Reviewer = "ann",
        Reason = "wrong_amount",
        WasRight = false,
        CorrectionFingerprint = new('c', 64),
        At = At.AddMinutes(3),
    };

    private static JournalEntry Of(JournalEntry entry, long version) =>
        entry with { Workflow = "refund", DecisionId = "2026-0017", Version = version, At = At, Actor = "ann" };
}
