using HumanLoop.Journaling;
using HumanLoop.Reporting;

namespace HumanLoop.Tests.Reporting;

public sealed class TallyTests
{
    private readonly JournalScript _journal = new();

    [Fact]
    public void A_decision_is_counted_where_it_went()
    {
        var tally = _journal.Route("a", 0.99, RouteKind.StraightThrough).Route("b", 0.99, RouteKind.Audit, rung: 4).Route("c").Route("d", null, eligible: false, reason: "confidence_missing").Fold();

        Assert.Equal((4, 2, 1, 1, 3), (tally.Total[TallyColumn.Decisions], tally.Total[TallyColumn.StraightThrough], tally.Total[TallyColumn.Audits], tally.Total[TallyColumn.Ineligible], tally.Total[TallyColumn.Open]));
        Assert.Equal(1, tally.Reasons["confidence_missing"]);
        Assert.Equal(3, tally.Models[0].Seen.Sum());
    }

    [Fact]
    public void A_checked_act_stands_for_as_many_as_its_chance_says()
    {
        var counts = _journal.Route("a", 0.99, RouteKind.Audit, rung: 6).Judge("a", "ann", wasRight: false).Route("b", 0.98, RouteKind.Audit, rung: 2).Judge("b", "ann").Fold().Total;

        Assert.Equal((1, 1), (counts[TallyColumn.CheckedWrong], counts[TallyColumn.CheckedRight]));
        Assert.Equal((8 * InverseProbability.One, 2 * InverseProbability.One, 64 + 4), (counts[TallyColumn.WeightWrong], counts[TallyColumn.WeightRight], counts[TallyColumn.WeightSquares]));
    }

    [Fact]
    public void Handling_begins_when_the_review_before_it_was_answered()
    {
        _journal.Route("a").Route("b").Claim("a", "ann").Claim("b", "ann").After(40).Judge("a", "ann").After(10).Judge("b", "ann");
        var tally = _journal.Fold();

        Assert.Equal((50, 2), (tally.Total[TallyColumn.HandlingSeconds], tally.Total[TallyColumn.Handled]));
    }

    [Fact]
    public void A_verdict_of_somebody_who_does_not_hold_the_review_is_not_timed()
    {
        var tally = _journal.Route("a").Claim("a", "ann").After(40).Judge("a", "zendesk").Fold();

        Assert.Equal((0, 1), (tally.Total[TallyColumn.Handled], tally.Total[TallyColumn.Waited]));
    }

    [Fact]
    public void A_review_waits_until_somebody_takes_it_and_a_check_from_the_act_on()
    {
        _journal.Route("a").After(60).Claim("a", "ann").After(30).Judge("a", "ann");
        _journal.Route("b", 0.99, RouteKind.Audit).After(100).Add("b", new EffectDone { Key = "k" }).After(20).Claim("b", "ann").After(5).Judge("b", "ann");

        Assert.Equal(80, _journal.Fold().Total[TallyColumn.WaitingSeconds]);
    }

    [Fact]
    public void A_verdict_that_was_taken_back_is_none_and_the_time_is_spent()
    {
        var tally = _journal.Route("a").Claim("a", "ann").After(9).Judge("a", "ann", undoable: true).Add("a", new VerdictUndone()).Fold();

        Assert.Equal((0, 0, 9, 1), (tally.Total.Verdicts, tally.Total[TallyColumn.ReviewedRight], tally.Total[TallyColumn.HandlingSeconds], tally.Total[TallyColumn.Open]));
        Assert.Equal((0, 0), (tally.Reviewers["ann"].Answers, tally.Reviewers["ann"].Agreed));
    }

    [Fact]
    public void An_answer_that_comes_late_takes_the_missing_one_back()
    {
        var overdue = _journal.Route("a").Add("a", new EvidenceOverdue()).Fold();
        Assert.Equal((1, 1), (overdue.Total[TallyColumn.ReviewedOverdue], overdue.Total[TallyColumn.Open]));

        var answered = _journal.After(3_600).Judge("a", "ann").Fold();
        Assert.Equal((0, 1, 0), (answered.Total[TallyColumn.ReviewedOverdue], answered.Total[TallyColumn.ReviewedRight], answered.Total[TallyColumn.Open]));
    }

    [Fact]
    public void Every_cause_of_an_error_is_told_apart()
    {
        _journal.Route("a").Judge("a", "ann", wasRight: false);
        _journal.Route("b").Add("b", new DecisionWithdrawn { Reason = "superseded" });
        _journal.Route("c").Add("c", new ReviewExpired { Effect = Effect.Decline });
        _journal.Route("d").Add("d", new EvidenceOverdue());
        var counts = _journal.Fold().Total;

        Assert.Equal((1, 1, 1, 1), (counts[TallyColumn.ReviewedWrong], counts[TallyColumn.ReviewedWithdrawn], counts[TallyColumn.ReviewedExpired], counts[TallyColumn.ReviewedOverdue]));
    }

    [Fact]
    public void What_the_world_says_outranks_the_verdict_and_complaints_are_never_evidence()
    {
        _journal.Route("a").Judge("a", "ann").Add("a", new OutcomeRecorded { WasRight = false, IsEvidence = true, ObservedAt = _journal.Now });
        _journal.Route("b", 0.99, RouteKind.StraightThrough).Add("b", new OutcomeRecorded { WasRight = false, IsEvidence = false, ObservedAt = _journal.Now });
        var counts = _journal.Fold().Total;

        Assert.Equal((0, 1, 1), (counts[TallyColumn.ReviewedRight], counts[TallyColumn.ReviewedWrong], counts[TallyColumn.ReportedWrong]));
    }

    [Fact]
    public void A_decision_that_could_not_have_gone_straight_through_enters_no_count_of_right_and_wrong()
    {
        var tally = _journal.Route("a", eligible: false).Judge("a", "ann", wasRight: false).Fold();

        Assert.Equal((1, 0, 0), (tally.Total[TallyColumn.Rejected], tally.Total[TallyColumn.ReviewedWrong], tally.Models.Count));
    }

    [Fact]
    public void An_act_whose_end_is_unknown_is_a_review_again()
    {
        var tally = _journal.Route("a").Judge("a", "ann").Add("a", new EffectUncertain()).Fold();
        Assert.Equal(1, tally.Total[TallyColumn.Open]);

        Assert.Equal((0, 2), (_journal.Judge("a", "bob").Fold().Total[TallyColumn.Open], _journal.Fold().Total.Verdicts));
    }

    [Fact]
    public void Old_days_become_months()
    {
        _journal.Route("a").Route("b").Claim("b", "ann").After(Tally.DaysKept * 86_400.0).Route("c").Judge("b", "ann");
        var tally = _journal.Fold();

        Assert.Equal((1, 1), (tally.Days.Count, tally.Months.Count));
        Assert.Equal((2, 1), (tally.Months.Values.Single()[TallyColumn.Decisions], tally.Months.Values.Single()[TallyColumn.ReviewedRight]));
    }

    [Fact]
    public void It_stays_small_whatever_people_call_things()
    {
        for (var n = 0; n < 400; n++)
        {
            _journal.Route($"d-{n}", segment: $"segment-{n}", model: $"m-{n}", reason: $"reason-{n}").Judge($"d-{n}", $"reviewer-{n}");
            _journal.Add("", new MetricRecorded { Name = "m", Value = n, ObservedAt = _journal.Now }).Add("", new MetricRecorded { Name = "m", Value = n, ObservedAt = _journal.Now }).Add("", new WorkflowResumed());
        }

        var tally = _journal.Fold();

        Assert.Equal((Tally.MostSegments + 1, Tally.MostReviewers + 1, Tally.MostReasons + 1, Tally.MostModels), (tally.Segments.Count, tally.Reviewers.Count, tally.Reasons.Count, tally.Models.Count));
        Assert.Equal((Tally.MostReadings, Tally.MostChanges), (tally.Metric.Count, tally.Changes.Count));
        Assert.Equal(400 - Tally.MostReviewers, tally.Reviewers[Tally.Others].Answers);
        Assert.InRange(tally.Save().Length, 1, 160_000);
    }

    [Fact]
    public void Answers_too_quick_to_have_been_read_and_known_answers_are_counted_for_each_reviewer()
    {
        var reviewer = new ReviewerTally();
        reviewer.Took(1.5);
        reviewer.Took(30);
        reviewer.Answered(isRight: false, foundRight: true);
        reviewer.Answered(isRight: false, foundRight: false);
        reviewer.Answered(isRight: true, foundRight: false);

        Assert.Equal((1, 2), (reviewer.Quick, reviewer.Handling.Count));
        Assert.Equal((2, 1, 1, 1), (reviewer.KnownWrong, reviewer.Missed, reviewer.KnownRight, reviewer.FalseAlarms));
        Assert.Equivalent(reviewer, ReviewerTally.Of(reviewer.ToDocument()));
    }

    [Fact]
    public void Golden_items_tell_of_reviewers_and_of_nothing_else()
    {
        _journal.Route("d-1").Judge("d-1", "ann");
        var golden = (DecisionRouted)_journal.Records[0].Entry with { Eligible = false, Golden = new() { Kind = VerdictKind.Rejected, WasRight = false } };
        var voted = new VoteGiven { Verdict = new() { Kind = VerdictKind.Approved, Reviewer = "ann", WasRight = true, At = _journal.Now } };
        _journal.Add("g-1", golden).Add("g-1", voted).Judge("g-1", "bob", wasRight: false, undoable: true).Add("g-1", new VerdictUndone()).Judge("g-1", "bob");

        var tally = _journal.Fold();

        var day = tally.Days.Values.Single();
        Assert.Equal((1, 1, 0), (day[TallyColumn.Decisions], day[TallyColumn.Approved], day[TallyColumn.Open]));
        Assert.Equal((1, 1, 1), (tally.Reviewers["ann"].Answers, tally.Reviewers["ann"].KnownWrong, tally.Reviewers["ann"].Missed));
        Assert.Equal((0, 1, 1, 0), (tally.Reviewers["bob"].Answers, tally.Reviewers["bob"].KnownWrong, tally.Reviewers["bob"].Missed, tally.Reviewers["bob"].KnownRight));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.8999, 89)]
    [InlineData(0.9, 90)]
    [InlineData(0.9995, 189)]
    [InlineData(1, 189)]
    public void Bins_are_narrow_where_thresholds_lie(double confidence, int bin)
    {
        Assert.Equal(bin, ConfidenceTally.BinOf(confidence));
        Assert.InRange(ConfidenceTally.Middle(bin) - ConfidenceTally.From(bin), 0.0004, 0.0051);
    }
}
