using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class BetPriorTests
{
    private static readonly ThresholdGoal Goal = new() { MaxErrorRate = .05 };
    private static readonly BetMixture Mixture = new(.05, rungs: 1);

    [Fact]
    public void History_on_another_scale_opens_earlier_too()
    {
        // An earlier model with the same ranking, whose scores all lie close to 1.
        var history = History(Loop.Calibrated).Select(item => (new Confidence(Math.Pow(item.Confidence.Value, .001)), item.WasRight)).ToArray();
        var openings = Enumerable.Range(0, 20).Select(seed =>
        {
            var (cold, warm) = (NewLoop(seed), NewLoop(seed, history));
            cold.Open();
            warm.Open();
            return (Cold: cold.Changes[0].Sequence, Warm: warm.Changes[0].Sequence);
        }).ToArray();

        // About 320 and 210 decisions on average; the seeds are fixed.
        Assert.True(openings.Average(opening => opening.Warm) < .8 * openings.Average(opening => opening.Cold));
    }

    [Fact]
    public void History_that_says_where_the_score_misleads_helps_to_open_below()
    {
        static (double Confidence, double Risk) BadTop(double u) => (1 - u, u < .05 ? .3 : .002);
        var history = History(BadTop);
        var openings = Enumerable.Range(0, 10).Select(seed =>
        {
            var (cold, warm) = (NewLoop(seed), NewLoop(seed, history));
            cold.Run(1_000, BadTop);
            warm.Run(1_000, BadTop);
            return (Cold: cold.Changes.FirstOrDefault()?.Sequence ?? 1_000, Warm: warm.Changes.FirstOrDefault()?.Sequence ?? 1_000);
        }).ToArray();

        Assert.True(openings.Average(opening => opening.Warm) < .8 * openings.Average(opening => opening.Cold));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(.01)]
    [InlineData(.3)]
    [Trait("Category", "Slow")]
    public void History_that_misleads_breaks_no_promise(double risk)
    {
        // 200 streams of 2,000 at a true rate of 5.25 % everywhere: at most 5 % may open; 10 is that mean, 20 is over three standard errors above.
        var history = History(u => Loop.Always(u, risk));
        var opened = Enumerable.Range(0, 200).Count(seed =>
        {
            var loop = NewLoop(seed, history);
            loop.Run(2_000, u => Loop.Always(u, .0525));
            return loop.Changes.Count > 0;
        });

        Assert.InRange(opened, 0, 20);
    }

    [Fact]
    public void Saving_and_loading_a_state_with_a_prior_changes_nothing()
    {
        var (whole, broken) = (NewLoop(1, History(Loop.Calibrated)), NewLoop(1, History(Loop.Calibrated)));
        for (var i = 0; i < 40; i++)
        {
            whole.Run(25, Loop.Calibrated);
            broken.Run(25, Loop.Calibrated);
            broken.Sequencer = EvidenceSequencer.Load(broken.Controller, broken.Sequencer.Save());
        }

        Assert.Equal(whole.Sequencer.Save(), broken.Sequencer.Save());
        Assert.InRange(whole.State.Save().Length, 1, 16 * 1024);
    }

    [Fact]
    public void The_weights_of_the_chains_share_the_risk_with_and_without_history()
    {
        double[] sorted = [.. Enumerable.Range(0, 200).Select(i => 1 - (i / 200.0))];
        var (cold, warm) = (CoverageGrid.FromConfidences(sorted), CoverageGrid.FromConfidences(sorted, favourite: .4));

        Assert.Equal(1, cold.ChainWeights.ToArray().Sum(), 12);
        Assert.Equal(1, warm.ChainWeights.ToArray().Sum(), 12);
        Assert.Equal([.. cold.Starts, warm.BinOf(.4)], warm.Starts);
    }

    [Fact]
    public void It_starts_where_historys_own_evidence_is_strongest()
    {
        // The surest tenth is wrong too often; the surest half is not.
        var history = Enumerable.Range(0, 1_000).Select(i => (new Confidence(1 - (i / 1_000.0)), i >= 100 ? i < 500 || i % 3 > 0 : i % 10 > 0));
        var prior = BetPrior.FromHistory(history);

        Assert.InRange(prior.Strongest(Mixture)!.Value, .46, .54);
        Assert.Null(BetPrior.FromHistory(History(u => Loop.Always(u, .3))).Strongest(Mixture));
        Assert.Null(BetPrior.None.Strongest(Mixture));
    }

    [Fact]
    public void History_is_matched_by_rank()
    {
        double[] today = [.. Enumerable.Range(0, 200).Select(i => 10.0 / (i + 10))];
        var prior = BetPrior.FromHistory(Enumerable.Range(0, 2_400).Select(i => (new Confidence(1 - (i / 2_400.0)), true)));
        var aligned = prior.AlignedTo(today);

        Assert.Equal(24, aligned.Rows.Count);
        Assert.Equal(prior.Rows.Select(row => row.Right), aligned.Rows.Select(row => row.Right));
        // 600 of 2,400 are as sure as the 50 surest of 200.
        Assert.Equal(today[49], aligned.Rows[5].Threshold);
        Assert.Equal(0, aligned.Rows[^1].Threshold);
        Assert.Empty(BetPrior.None.AlignedTo(today).Rows);
    }

    [Fact]
    public void A_prior_that_comes_in_a_later_epoch_leaves_its_number_alone()
    {
        var group = new EvidenceGroup(new(1, false, null, null, 0, true, default), new RiskControlledThreshold(), Goal);
        group.Observe(1, ThresholdObservation.EpochEnds(ThresholdReasons.NewModel));
        group.BeginWithPrior(2, History(Loop.Calibrated));

        Assert.Equal(2, group.State.Epoch);
        Assert.Contains("\"prior\":[{", group.State.Save(), StringComparison.Ordinal);
    }

    private static (Confidence Confidence, bool WasRight)[] History(Func<double, (double Confidence, double Risk)> source)
    {
        var chance = new Random(7);
        return [.. Enumerable.Range(0, 2_000).Select(_ =>
        {
            var (confidence, risk) = source(chance.NextDouble());
            return (new Confidence(confidence), chance.NextDouble() >= risk);
        })];
    }

    private static Loop NewLoop(int seed, (Confidence Confidence, bool WasRight)[]? history = null)
    {
        var loop = new Loop(new RiskControlledThreshold(), Goal, seed);
        loop.Sequencer = history is null ? loop.Sequencer : new(loop.Controller, RiskControlledThreshold.StartWithPrior(Goal, history));
        return loop;
    }
}
