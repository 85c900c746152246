using HumanLoop.Reporting;

namespace HumanLoop.Tests.Reporting;

public sealed class AdviceTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly ScorecardThreshold Open = new() { Policy = "risk-controlled", Threshold = 0.83, IsEarned = true, Says = "open" };

    private static readonly ScorecardThreshold Closed = new() { Policy = "risk-controlled", WhyClosed = [ThresholdReasons.TooFewOutcomes], Says = "closed" };

    /// <summary>A workflow whose target is reached and whose promise is kept.</summary>
    private static readonly Scorecard Good = new()
    {
        Workflow = "refund",
        At = Now,
        Since = Now.AddDays(-90),
        Charter = Charters.Plain,
        Advice = new(AdviceVerdict.GoOn, "", ""),
        Metric = new() { Name = "refunds without a human", Measure = MetricMeasure.StraightThroughRate, AtLeast = 0.6, Value = 0.7, Rate = RateEstimate.From(700, 1_000), Standing = MetricStanding.ReachedSurely },
        Recent = new() { Decisions = 1_000, StraightThrough = 700 },
        Ever = new() { Decisions = 3_000, StraightThrough = 2_000 },
        Errors = new() { StraightThrough = RateEstimate.From(2, 100), MaxErrorRate = 0.05, Promise = "at most 5 % wrong, 95 % sure" },
        Effort = new(),
        Checks = new(),
        Thresholds = [Open],
        Queue = new(),
    };

    public static TheoryData<string, AdviceVerdict, Func<Scorecard, Scorecard>> Cases => new()
    {
        { AdviceReasons.TargetReached, AdviceVerdict.Expand, card => card },
        { AdviceReasons.GuardMissed, AdviceVerdict.Stop, card => card with { IsPaused = true, Guard = new() { Name = "complaints", Value = 4, AtMost = 3 } } },
        { AdviceReasons.ErrorsAboveLimit, AdviceVerdict.Stop, card => card with { Errors = card.Errors with { StraightThrough = RateEstimate.From(15, 100) } } },
        { AdviceReasons.TargetUnreachable, AdviceVerdict.Stop, card => card with { Thresholds = [Closed with { WhyClosed = [ThresholdReasons.TargetUnreachable] }] } },
        { AdviceReasons.ScoreUseless, AdviceVerdict.Stop, card => card with { Thresholds = [Closed with { WhyClosed = [ThresholdReasons.ScoreUseless] }] } },
        { AdviceReasons.Paused, AdviceVerdict.Hold, card => card with { IsPaused = true } },
        { AdviceReasons.DriftAlarm, AdviceVerdict.Hold, card => card with { Thresholds = [Closed], Changes = [new() { At = Now.AddDays(-3), Reason = ThresholdReasons.DriftAlarm, ChangeId = "1-2" }] } },
        { AdviceReasons.DeadLetters, AdviceVerdict.Hold, card => card with { Queue = new() { DeadLetters = 2 } } },
        { AdviceReasons.ReviewsOverdue, AdviceVerdict.Hold, card => card with { Queue = new() { AwaitingVerdict = 10, Overdue = 2 } } },
        { AdviceReasons.TargetMissed, AdviceVerdict.Hold, card => card with { Metric = card.Metric! with { Standing = MetricStanding.NotReached, By = new(2026, 5, 31) } } },
        { AdviceReasons.NoDecisionYet, AdviceVerdict.GoOn, card => card with { Since = null } },
        { AdviceReasons.EarnedInShadow, AdviceVerdict.Expand, card => card with { Charter = card.Charter! with { Mode = WorkflowMode.Shadow } } },
        { AdviceReasons.Learning, AdviceVerdict.GoOn, card => card with { Charter = card.Charter! with { Mode = WorkflowMode.Shadow }, Thresholds = [Closed] } },
        { AdviceReasons.NotMeasured, AdviceVerdict.GoOn, card => card with { Guard = new() { Name = "complaints", AtMost = 3 } } },
        { AdviceReasons.NotMeasured, AdviceVerdict.GoOn, card => card with { Metric = card.Metric! with { Standing = MetricStanding.NotMeasured } } },
        { AdviceReasons.BehindSchedule, AdviceVerdict.GoOn, card => card with { Metric = card.Metric! with { Standing = MetricStanding.NotReached, By = new(2026, 7, 1), ReachedAround = new(2026, 9, 1), IsOnTrack = false } } },
        { AdviceReasons.Learning, AdviceVerdict.GoOn, card => card with { Thresholds = [Closed], Metric = card.Metric! with { Standing = MetricStanding.NotReached } } },
        { AdviceReasons.TargetAhead, AdviceVerdict.GoOn, card => card with { Metric = card.Metric! with { Standing = MetricStanding.NotReached } } },
        { AdviceReasons.TargetReachedNotSure, AdviceVerdict.GoOn, card => card with { Recent = card.Recent with { Decisions = 29 } } },
        { AdviceReasons.TargetReachedNotSure, AdviceVerdict.GoOn, card => card with { Metric = card.Metric! with { Standing = MetricStanding.Reached } } },
        { AdviceReasons.TargetReachedNotEarned, AdviceVerdict.GoOn, card => card with { Thresholds = [Open with { IsEarned = false }] } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_does_harm_comes_first_then_what_is_to_be_mended_then_how_far_it_is(string reason, AdviceVerdict verdict, Func<Scorecard, Scorecard> change)
    {
        var advice = AdviceRules.Advise(change(Good));

        Assert.Equal((reason, verdict), (advice.Reason, advice.Verdict));
        Assert.Matches("^(Go on|Hold|Stop|Expand): .+\\.$", advice.Says);
    }

    [Fact]
    public void Every_reason_is_given_by_some_rule() =>
        Assert.Equal(typeof(AdviceReasons).GetFields().Select(field => (string)field.GetValue(null)!).Order(StringComparer.Ordinal), Cases.Select(row => (string)row[0]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void An_alarm_that_is_over_holds_nothing_up()
    {
        var alarm = new ScorecardChange { At = Now.AddDays(-3), Reason = ThresholdReasons.DriftAlarm, ChangeId = "1-2" };

        Assert.Equal(AdviceReasons.TargetReached, AdviceRules.Advise(Good with { Changes = [alarm] }).Reason);
        Assert.NotEqual(AdviceReasons.DriftAlarm, AdviceRules.Advise(Good with { Thresholds = [Closed], Changes = [alarm with { At = Now.AddDays(-30) }] }).Reason);
    }
}
