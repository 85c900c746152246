using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Reporting;

namespace HumanLoop.Tests.Reporting;

public sealed class ScorecardMakerTests
{
    private const double Day = 86_400;

    private readonly JournalScript _journal = new();

    [Fact]
    public void Before_the_first_decision_everything_is_there_and_empty()
    {
        var card = _journal.Card(Charters.Guarded);

        Assert.Equal((AdviceReasons.NoDecisionYet, MetricStanding.NotMeasured), (card.Advice.Reason, card.Metric!.Standing));
        Assert.Null(card.Since);
        Assert.Null(card.Recent.StraightThroughRate);
        Assert.Null(card.Errors.StraightThrough);
        Assert.Null(card.Effort.MinutesSaved);
        Assert.Equal("at most 5 % wrong, 95 % sure", card.Errors.Promise);
        Assert.False(card.IsTargetReached || card.IsGuardMissed);
        Assert.Empty(card.Reviewers);
    }

    [Fact]
    public void A_rate_is_measured_over_the_last_four_weeks_with_its_interval()
    {
        Route(100, through: 0);
        _journal.After(30 * Day);
        Route(100, through: 80);
        var metric = _journal.Card().Metric!;

        Assert.Equal((0.8, MetricStanding.ReachedSurely), (metric.Value, metric.Standing));
        Assert.Equal(RateEstimate.From(80, 100), metric.Rate);
    }

    [Fact]
    public void A_target_that_chance_might_have_reached_is_not_reached_surely()
    {
        Route(40, through: 26);

        Assert.Equal(MetricStanding.Reached, _journal.Card().Metric!.Standing);
        Assert.True(_journal.Card().IsTargetReached);
    }

    [Fact]
    public void The_pace_of_four_weeks_says_when_the_target_will_be_reached_and_whether_that_is_in_time()
    {
        // 10 % in the older half, 30 % in the newer: 1.43 points a day; its middle is a week ago, and 30 points are missing.
        _journal.After(6 * Day);
        Route(100, through: 10);
        _journal.After(14 * Day);
        Route(100, through: 30);
        _journal.After(7 * Day);
        var late = _journal.Card(Charters.Plain with { By = DateOnly.FromDateTime(_journal.Now.UtcDateTime).AddDays(13) }).Metric!;

        Assert.Equal(DateOnly.FromDateTime(_journal.Now.UtcDateTime).AddDays(14), late.ReachedAround);
        Assert.False(late.IsOnTrack);
        Assert.True(_journal.Card(Charters.Plain with { By = late.ReachedAround }).Metric!.IsOnTrack);
        Assert.Null(_journal.Card(Charters.Plain with { AtLeast = null, AtMost = 0.05 }).Metric!.ReachedAround);
    }

    [Fact]
    public void Minutes_are_those_of_people_for_each_decision_and_the_baseline_says_what_was_saved()
    {
        _journal.Route("a").Claim("a", "ann").After(120).Judge("a", "ann");
        Route(3, through: 3);
        var card = _journal.Card(Charters.Plain with { Measure = MetricMeasure.HandlingMinutes, AtLeast = null, AtMost = 1, Baseline = 4 });

        Assert.Equal((0.5, MetricStanding.ReachedSurely), (card.Metric!.Value, card.Metric.Standing));
        Assert.Equal((2, 14), (card.Effort.MinutesSpent, card.Effort.MinutesSaved));
        Assert.Equal(6, _journal.Card().Effort.MinutesSaved);
    }

    [Fact]
    public void The_error_rate_of_a_metric_is_of_all_decisions()
    {
        Route(60, through: 60);
        for (var n = 0; n < 40; n++)
        {
            _journal.Route($"c-{n}", 0.99, RouteKind.Audit).Judge($"c-{n}", "ann", wasRight: n > 3);
        }

        Route(100, through: 0);
        var card = _journal.Card(Charters.Plain with { Measure = MetricMeasure.ErrorRate, AtLeast = null, AtMost = 0.1 });

        Assert.Equal((0.1, 0.05), (card.Errors.StraightThrough!.Value.Value, card.Metric!.Value));
    }

    [Fact]
    public void What_the_application_records_counts_by_when_it_was_measured_and_by_its_name()
    {
        Record("minutes", 5, -2).Record("minutes", 3, -1).Record("minutes", 9, -3).Record("other", 1, 0).Record("complaints per 1,000", 4, 0, isGuard: true);
        var card = _journal.Card(Charters.Guarded with { MetricName = "minutes", Measure = MetricMeasure.Custom, AtLeast = null, AtMost = 3 });

        Assert.Equal((3, MetricStanding.ReachedSurely), (card.Metric!.Value, card.Metric.Standing));
        Assert.True(card.IsGuardMissed);
        Assert.Equal(AdviceReasons.GuardMissed, card.Advice.Reason);
    }

    [Fact]
    public void Open_reviews_are_shown_by_age()
    {
        _journal.Route("a").After(5 * Day).Route("b").Route("c").Judge("c", "ann");

        Assert.Equal([1, 0, 0, 1, 0, 0], _journal.Card().Queue.Ages.Select(age => age.Reviews));
    }

    [Fact]
    public void Errors_are_told_by_cause_and_the_estimate_weighs_each_check()
    {
        _journal.Route("a", 0.99, RouteKind.Audit, rung: 2).Judge("a", "ann", wasRight: false);
        _journal.Route("b", 0.99, RouteKind.Audit, rung: 6).Judge("b", "ann");
        _journal.Route("c").Add("c", new DecisionWithdrawn { Reason = "superseded" });
        var errors = _journal.Card().Errors;

        Assert.Equal(0.2, errors.StraightThrough!.Value.Value, 6);
        Assert.Equal([new("wrong", 0, 1), new("withdrawn", 1, 0), new("expired", 0, 0), new("overdue", 0, 0)], errors.Causes);
    }

    [Fact]
    public void Somebody_who_does_not_read_is_marked()
    {
        for (var n = 0; n < 20; n++)
        {
            _journal.Route($"q-{n}").Claim($"q-{n}", "quick").After(1).Judge($"q-{n}", "quick");
            _journal.Route($"s-{n}").Claim($"s-{n}", "slow").After(20).Judge($"s-{n}", "slow", wasRight: n % 2 == 0);
        }

        var reviewers = _journal.Card().Reviewers;

        Assert.Equal([("quick", true, 1.0), ("slow", false, 0.0)], reviewers.Select(one => (one.Name, one.IsSuspect, one.TooQuick!.Value)));
        Assert.Equal(0.5, reviewers[1].Agreement!.Value.Value);
    }

    [Fact]
    public void Curves_weigh_what_was_looked_at_by_chance()
    {
        _journal.Route("a", 0.95, RouteKind.Audit, rung: 2).Judge("a", "ann");
        _journal.Route("b", 0.55).Judge("b", "ann", wasRight: false);
        _journal.Route("c", 0.951, RouteKind.StraightThrough, rung: 2);
        var confidence = Assert.Single(_journal.Card().Confidence);

        Assert.Equal((3, 2, 1, 1), (confidence.Decisions, confidence.Outcomes, confidence.Errors, confidence.Auroc));
        Assert.Equal([(2 / 3.0, 0), (1, 1 / 3.0)], confidence.RiskCoverage.Select(point => (point.Coverage, point.ErrorRate)));
        Assert.Equal([(1, 0), (2, 1)], confidence.Reliability.Select(bin => (bin.Weight, bin.Accuracy)));
    }

    [Fact]
    public void A_queue_that_is_stuck_is_told_before_progress()
    {
        Route(10, through: 5);

        Assert.Equal(AdviceReasons.DeadLetters, _journal.Card(queue: new QueueMeasure { Workflow = JournalScript.Workflow, DeadLetters = 1 }).Advice.Reason);
    }

    private void Route(int count, int through)
    {
        for (var n = 0; n < count; n++)
        {
            _journal.Route($"d-{_journal.Records.Count}", n < through ? 0.99 : 0.7, n < through ? RouteKind.StraightThrough : RouteKind.Review);
        }
    }

    private ScorecardMakerTests Record(string name, double value, int days, bool isGuard = false)
    {
        _journal.Add("", new MetricRecorded { Name = name, Value = value, IsGuard = isGuard, ObservedAt = _journal.Now.AddDays(days) });
        return this;
    }
}
