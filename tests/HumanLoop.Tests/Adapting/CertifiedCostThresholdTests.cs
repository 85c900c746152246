using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class CertifiedCostThresholdTests
{
    private static readonly ThresholdGoal Goal = new() { MaxErrorRate = .05 };

    [Fact]
    public void Where_errors_are_cheap_the_error_rate_decides()
    {
        var (cheap, earned) = (NewLoop(1.01, 1), new Loop(new RiskControlledThreshold(), Goal, 3));
        cheap.Run(3_000, Loop.Calibrated);
        earned.Run(3_000, Loop.Calibrated);

        Assert.True(cheap.State.IsEarned);
        Assert.Equal(cheap.State.Certified[^1], cheap.State.Threshold);
        Assert.Equal(earned.State.Threshold.Value, cheap.State.Threshold.Value, .05);
        Assert.All(cheap.Changes, change => Assert.False(change.GuaranteeVoid));
    }

    [Fact]
    public void Where_errors_are_dear_the_costs_decide()
    {
        var loop = NewLoop(400, 1);
        loop.Run(3_000, Loop.Calibrated);

        Assert.True(loop.State.IsEarned);
        Assert.True(loop.State.Threshold > loop.State.Certified[^1], "stricter than what is certified");
        Assert.Equal(loop.State.Threshold, loop.State.Earned);
        var change = Assert.Single(loop.Changes);
        Assert.Equal((ThresholdReasons.Earned, Threshold.ReviewEverything, loop.State.Threshold), (change.Reason, change.From, change.To));
    }

    [Fact]
    public void Nothing_opens_before_five_hundred_outcomes_have_fitted_the_map()
    {
        var (costs, earned) = (NewLoop(20, 1), new Loop(new RiskControlledThreshold(), Goal, 3));
        costs.Run(499, Loop.Calibrated);
        earned.Run(499, Loop.Calibrated);
        Assert.NotEmpty(earned.Changes);
        Assert.Empty(costs.Changes);
        Assert.Equal([ThresholdReasons.TooFewOutcomes], costs.State.WhyClosed());

        costs.Run(1, Loop.Calibrated);
        Assert.Equal(500, Assert.Single(costs.Changes).Sequence);
        Assert.False(costs.State.Threshold.IsReviewEverything);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void It_never_opens_where_every_threshold_is_too_often_wrong_but_for_the_accepted_risk()
    {
        // 200 streams at a true rate of 5.25 %, errors as cheap as reviews: 10 may open, 20 is over three standard errors above.
        var opened = Enumerable.Range(0, 200).Count(seed =>
        {
            var loop = new Loop(new CertifiedCostThreshold(1, 1), Goal, seed);
            loop.Run(2_000, u => Loop.Always(u, .0525));
            return loop.Changes.Count > 0;
        });

        Assert.InRange(opened, 0, 20);
    }

    [Fact]
    public void Where_no_confidence_is_worth_its_errors_everything_is_reviewed_and_it_says_so()
    {
        var loop = NewLoop(1_000_000, 1);
        loop.Run(1_000, u => Loop.Always(u, .03));

        Assert.Empty(loop.Changes);
        Assert.Equal([ThresholdReasons.ReviewCostsLess], loop.State.WhyClosed());
    }

    [Fact]
    public void A_declared_start_that_is_not_worth_its_errors_gives_way_at_once()
    {
        var loop = NewLoop(400, 1, Goal with { Start = new(.5) });
        loop.Run(499, Loop.Calibrated);
        Assert.Equal(new Threshold(.5), loop.State.Threshold);
        Assert.All(loop.Journal, item => Assert.Equal(ReviewProbability.Always, item.Decision.ReviewProbability));

        loop.Run(1, Loop.Calibrated);
        var stricter = Assert.Single(loop.Changes);
        Assert.Equal((ThresholdReasons.PolicyRule, new Threshold(.5), 500L), (stricter.Reason, stricter.From, stricter.Sequence));
        Assert.True(loop.State.Threshold > new Threshold(.5));
        loop.Run(25, Loop.Calibrated);
        Assert.True(loop.State.IsEarned, "what is certified follows");
    }

    [Fact]
    public void With_an_owner_who_approves_one_proposal_waits_and_none_follows_that_would_change_nothing()
    {
        var loop = NewLoop(400, 1, Goal with { Loosening = Loosening.OwnerApproves });
        loop.Run(600, Loop.Calibrated);
        var proposal = Assert.Single(loop.Changes);
        Assert.True(proposal.IsProposal);
        Assert.Equal(proposal.To, loop.State.Proposed);
        loop.Sequencer.Observe(ThresholdObservation.Approve("ops-lead"));
        Assert.Equal(proposal.To, loop.State.Threshold);
        loop.Run(3_000, Loop.Calibrated);

        Assert.True(loop.State.Certified[^1] < loop.State.Threshold);
        Assert.Single(loop.Changes);
    }

    [Fact]
    public void A_map_is_kept_for_the_epoch_and_fitted_anew_in_the_next()
    {
        var loop = NewLoop(400, 1);
        loop.Run(1_000, Loop.Calibrated);
        var first = loop.State.Threshold;
        loop.Sequencer.Recount(loop.Journal.Select(item => ThresholdObservation.OutcomeCounted(item.Decision, wasRight: true)));
        Assert.Equal(first, loop.State.Threshold);

        loop.Sequencer.Observe(ThresholdObservation.EpochEnds(ThresholdReasons.NewModel));
        loop.Run(499, Loop.Calibrated);
        Assert.Equal(Threshold.ReviewEverything, loop.State.Threshold);
        loop.Run(1, Loop.Calibrated);
        Assert.False(loop.State.Threshold.IsReviewEverything);
    }

    [Fact]
    public void An_alarm_closes_it_like_any_earned_threshold()
    {
        var loop = NewLoop(20, 1);
        loop.Run(1_000, Loop.Calibrated);
        loop.Run(400, u => Loop.Always(u, .4));

        Assert.Contains(loop.Changes, change => change.Reason == ThresholdReasons.DriftAlarm);
    }

    [Fact]
    public void Its_state_is_read_by_its_own_kind_alone()
    {
        var (kept, alone, plain) = (new CertifiedCostThreshold(20, 1), new CostOptimalThreshold(20, 1), new RiskControlledThreshold());
        Assert.Throws<FormatException>(() => plain.Load(kept.Start(Goal).Save()));
        Assert.Throws<FormatException>(() => alone.Load(kept.Start(Goal).Save()));
        Assert.Throws<FormatException>(() => kept.Load(plain.Start(Goal).Save()));
        Assert.Throws<FormatException>(() => kept.Load(alone.Start(Goal).Save()));
        Assert.Throws<ArgumentException>(() => plain.Next(kept.Start(Goal), ThresholdObservation.Approve("ops-lead")));
        Assert.Throws<ArgumentException>(() => kept.Next(plain.Start(Goal), ThresholdObservation.Approve("ops-lead")));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, -1)]
    [InlineData(1, double.NaN)]
    public void Costs_that_cannot_be_are_refused(double error, double review) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CertifiedCostThreshold(error, review));

    private static Loop NewLoop(double error, double review, ThresholdGoal? goal = null) => new(new CertifiedCostThreshold(error, review), goal ?? Goal, seed: 3);
}
