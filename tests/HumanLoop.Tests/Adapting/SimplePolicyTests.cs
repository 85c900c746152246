using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class SimplePolicyTests
{
    private static readonly ThresholdGoal Goal = new() { MaxErrorRate = .05 };

    public static TheoryData<string> Policies => ["fixed", "streak", "wilson", "cost-optimal"];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Saving_and_loading_in_the_middle_changes_nothing(string policy)
    {
        var (whole, broken) = (new Loop(Controller(policy), Goal), new Loop(Controller(policy), Goal));
        for (var i = 0; i < 30; i++)
        {
            whole.Run(50, Loop.Calibrated);
            broken.Run(50, Loop.Calibrated);
            broken.Sequencer = EvidenceSequencer.Load(broken.Controller, broken.Sequencer.Save());
        }

        Assert.Equal(whole.Sequencer.Save(), broken.Sequencer.Save());
        Assert.InRange(whole.Sequencer.State.Save().Length, 1, 16 * 1024);
        Assert.Equal(policy, whole.Controller.Policy);
        Assert.False(whole.Sequencer.State.IsEarned);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Recounting_what_stands_changes_nothing(string policy)
    {
        var loop = new Loop(Controller(policy), Goal);
        loop.Run(1_000, Loop.Calibrated);
        var before = loop.Sequencer.State.Threshold;

        Assert.Empty(loop.Sequencer.Recount(loop.Journal.Select(item => ThresholdObservation.OutcomeCounted(item.Decision, item.WasRight))).Changes);
        Assert.Equal(before, loop.Sequencer.State.Threshold);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_new_model_starts_again(string policy)
    {
        var loop = new Loop(Controller(policy), Goal);
        var start = loop.Sequencer.State.Threshold;
        loop.Run(1_000, Loop.Calibrated);
        loop.Sequencer.Observe(ThresholdObservation.EpochEnds(ThresholdReasons.NewModel));

        Assert.Equal((2, start), (loop.Sequencer.State.Epoch, loop.Sequencer.State.Threshold));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_stricter_threshold_can_be_forced(string policy)
    {
        var loop = new Loop(Controller(policy), Goal);
        loop.Run(1_000, Loop.Calibrated);
        loop.Sequencer.Observe(ThresholdObservation.Force(Threshold.ReviewEverything, "operator"));
        loop.Run(100, Loop.Calibrated);

        Assert.Equal(Threshold.ReviewEverything, loop.Sequencer.State.Threshold);
        Assert.Equal([ThresholdReasons.Forced], loop.Sequencer.State.WhyClosed());
    }

    [Fact]
    public void A_fixed_threshold_stays_and_shows_what_it_lets_through()
    {
        var loop = new Loop(Controller("fixed"), Goal);
        loop.Run(2_000, Loop.Calibrated);

        Assert.Empty(loop.Changes);
        Assert.Equal(new Threshold(.9), loop.Sequencer.State.Threshold);
        Assert.InRange(loop.Sequencer.State.Evidence.ErrorRateBound, 0, .2);
    }

    [Fact]
    public void A_streak_loosens_one_step_and_a_wrong_act_tightens_one()
    {
        var loop = new Loop(new StreakThreshold(3), Goal);
        for (var i = 0; i < 6; i++)
        {
            loop.Sequencer.Made(new() { Sequence = i + 1, Epoch = 1, Confidence = 1, IsEligible = true, IsDrawn = true });
            loop.Sequencer.Answered(new() { Sequence = i + 1, Epoch = 1, Confidence = 1, IsEligible = true, IsDrawn = true }, OutcomeStanding.Unknown, OutcomeStanding.Right);
        }

        Assert.Equal(new Threshold(.98), loop.Sequencer.State.Threshold);
        var wrong = new ReviewedDecision { Sequence = 7, Epoch = 1, Confidence = 1, IsEligible = true, IsDrawn = true };
        loop.Sequencer.Made(wrong);
        loop.Sequencer.Answered(wrong, OutcomeStanding.Unknown, OutcomeStanding.Wrong);
        Assert.Equal(new Threshold(.99), loop.Sequencer.State.Threshold);
    }

    [Fact]
    public void Costs_let_through_what_is_cheaper_to_get_wrong_than_to_review()
    {
        var (cheap, dear) = (new Loop(new CostOptimalThreshold(2, 1), Goal), new Loop(new CostOptimalThreshold(100, 1), Goal));
        cheap.Run(500, Loop.Calibrated);
        dear.Run(500, Loop.Calibrated);

        Assert.True(cheap.Sequencer.State.Threshold < dear.Sequencer.State.Threshold);
        Assert.False(cheap.Sequencer.State.Threshold.IsReviewEverything);
    }

    private static IThresholdController Controller(string policy) => policy switch
    {
        "fixed" => new FixedThreshold(new(.9)),
        "streak" => new StreakThreshold(20),
        "wilson" => new WilsonThreshold(500),
        _ => new CostOptimalThreshold(20, 1),
    };
}
