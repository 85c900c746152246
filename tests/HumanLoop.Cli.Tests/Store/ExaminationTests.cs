using HumanLoop.Adapting;
using HumanLoop.Assessing;
using HumanLoop.Cli.Store;
using HumanLoop.Reporting;

namespace HumanLoop.Cli.Tests.Store;

/// <summary>What the doctor finds in a scorecard.</summary>
public sealed class ExaminationTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly ScorecardThreshold Closed = new() { Policy = ThresholdControllers.RiskControlled, Says = "reviewing everything", MaxErrorRate = 0.05 };

    private static readonly ScorecardReviewer Ann = new() { Name = "ann", Answers = 40, LastAnswerAt = Now.AddHours(-1) };

    private static readonly Scorecard Sound = new()
    {
        Workflow = "refund",
        At = Now,
        Since = Now.AddDays(-90),
        Charter = new() { Owner = "ops-lead@example.com", MetricName = "refunds without a human", AtLeast = 0.6, HasHandler = true },
        Advice = new(AdviceVerdict.GoOn, AdviceReasons.TargetAhead, "Go on: it is on its way."),
        Metric = new() { Name = "refunds without a human", Measure = MetricMeasure.StraightThroughRate, AtLeast = 0.6, Value = 0.4, Standing = MetricStanding.NotReached },
        Recent = new() { Decisions = 500 },
        Ever = new() { Decisions = 1_000 },
        Errors = new(),
        Effort = new(),
        Checks = new(),
        Thresholds = [Closed with { Threshold = 0.8, IsEarned = true }],
        Reviewers = [Ann],
        Queue = new(),
    };

    private static readonly ScorecardConfidence Model = new() { Model = "m-1", Decisions = 500, Outcomes = 200, Errors = 40, Auroc = 0.8, LargestTie = 0.1 };

    public static TheoryData<string, string, Func<Scorecard, Scorecard>> Cases => new()
    {
        { "no_charter", "Stops", card => card with { Charter = null } },
        { "shadow", "Warns", card => card with { Charter = card.Charter! with { Mode = WorkflowMode.Shadow } } },
        { "no_handler", "Warns", card => card with { Charter = card.Charter! with { HasHandler = false } } },
        { "paused", "Stops", card => card with { IsPaused = true, Changes = [new() { At = Now, Reason = "paused", Actor = "owner", Note = "trial" }] } },
        { "threshold_unreadable", "Notes", card => card with { ThresholdProblem = "There is no policy 'own' here." } },
        { "fixed_threshold", "Warns", card => card with { Thresholds = [Closed with { Policy = ThresholdControllers.Fixed, Threshold = 0.9 }] } },
        { "guarantee_void", "Warns", card => card with { Thresholds = [Closed with { Threshold = 0.5, IsGuaranteeVoid = true }] } },
        { "proposal_waits", "Notes", card => card with { Thresholds = [Closed with { Threshold = 0.8, ProposalId = "1-3", Proposed = 0.7 }] } },
        { "target_unreachable", "Stops", card => card with { Thresholds = [Closed with { WhyClosed = [ThresholdReasons.TargetUnreachable] }] } },
        { "score_useless", "Stops", card => card with { Thresholds = [Closed with { WhyClosed = [ThresholdReasons.ScoreUseless] }] } },
        { "outcomes_overdue", "Warns", card => card with { Thresholds = [Closed with { WhyClosed = [ThresholdReasons.OutcomesOverdue], Overdue = 4 }] } },
        { "reviewing_everything", "Notes", card => card with { Thresholds = [Closed with { WhyClosed = [ThresholdReasons.TooFewOutcomes] }] } },
        { "confidence_degenerate", "Stops", card => card with { Confidence = [Model with { LargestTie = 0.995 }] } },
        { "confidence_undiscriminating", "Warns", card => card with { Confidence = [Model with { Auroc = 0.52 }] } },
        { "confidence_overconfident", "Notes", card => card with { Confidence = [Model with { Reliability = [new ReliabilityBin(0.9, 1, 200, 0.95, 0.8)] }] } },
        { "confidence_missing", "Warns", card => card with { Reasons = [new("confidence_missing", 60)] } },
        { "dead_letters", "Stops", card => card with { Queue = new() { DeadLetters = 2 } } },
        { "reviews_overdue", "Warns", card => card with { Queue = new() { AwaitingVerdict = 9, Overdue = 1 } } },
        { "reviewers_silent", "Stops", card => card with { Queue = new() { AwaitingVerdict = 9 }, Reviewers = [Ann with { LastAnswerAt = Now.AddDays(-8) }] } },
        { "reviewers_silent", "Stops", card => card with { Queue = new() { AwaitingVerdict = 9 }, Reviewers = [] } },
        { "reviewer_too_quick", "Warns", card => card with { Reviewers = [Ann with { IsSuspect = true, TooQuick = 0.8 }] } },
        { "checks_unanswered", "Warns", card => card with { Errors = new() { Causes = [new("overdue", 3, 2)] } } },
        { "no_decision_yet", "Notes", card => card with { Since = null } },
        { "metric_not_recorded", "Warns", card => card with { Metric = card.Metric! with { Measure = MetricMeasure.Custom, Value = null } } },
        { "guard_not_recorded", "Warns", card => card with { Guard = new() { Name = "complaints", AtMost = 3 } } },
        { "guard_missed", "Stops", card => card with { Advice = new(AdviceVerdict.Stop, AdviceReasons.GuardMissed, "Stop: the guard is missed.") } },
    };

    [Fact]
    public void A_sound_workflow_has_nothing() => Assert.Empty(new Examination(Sound with { Confidence = [Model] }).Run());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_finding_says_what_is_wrong_and_the_mend(string code, string severity, Func<Scorecard, Scorecard> change)
    {
        var finding = Assert.Single(new Examination(change(Sound)).Run());

        Assert.Equal((code, severity, "refund"), (finding.Code, finding.Severity.ToString(), finding.Workflow));
        Assert.EndsWith(".", finding.Problem, StringComparison.Ordinal);
        Assert.EndsWith(".", finding.Mend, StringComparison.Ordinal);
    }
}
