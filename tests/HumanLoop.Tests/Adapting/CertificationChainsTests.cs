using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class CertificationChainsTests
{
    private const double Risk = .05;

    private static readonly BetMixture Mixture = new(.05, rungs: 9);

    [Theory]
    [InlineData(0, .65)]
    [InlineData(1, .20)]
    [InlineData(2, .15)]
    public void A_head_is_certified_by_the_first_outcome_with_which_its_evidence_reaches_its_chains_share_of_the_risk(int chain, double weight)
    {
        var trial = new Trial([.95, .99, .97, .9, .8, .7, .6]);
        var head = trial.Grid.Starts[chain];
        var logWeights = BetMixture.Logarithms(BetMixture.NearWeights);
        var needed = Enumerable.Range(1, 1_000).First(n => Mixture.LogValue(Right(n), logWeights) >= -Math.Log(Risk * weight));

        var counted = 0;
        while (!trial.Chains.Certified[head])
        {
            trial.Count(head, wrong: false);
            counted++;
        }

        Assert.Equal(needed, counted);
    }

    [Fact]
    public void Grids_from_the_sample_pay_for_their_choice()
    {
        double[] sorted = [.. Enumerable.Range(1, 200).Select(rank => 1 - (rank / 256.0))];
        var grid = CoverageGrid.FromConfidences(sorted);
        var trial = new Trial(grid);
        var head = grid.Starts[2];
        var bar = -Math.Log(Risk * .95 * .15);
        while (!trial.Chains.Certified[head])
        {
            Assert.True(trial.Chains.LogValue(head) < bar);
            trial.Count(head, wrong: false);
        }

        Assert.True(trial.Chains.LogValue(head) >= bar);
    }

    [Fact]
    public void An_error_asks_for_more_right_outcomes_and_no_test_is_missed()
    {
        var chance = new Random(5);
        var trial = new Trial([.95, .99, .97, .9, .8, .7, .6]);
        for (var n = 0; n < 5_000; n++)
        {
            trial.Count(chance.Next(7), chance.NextDouble() < .02, rung: chance.Next(9));

            // Whatever it skips between two tests, no head that could be certified is left standing.
            for (var chain = 0; chain < 3; chain++)
            {
                var head = trial.Chains.Heads[chain];
                if (head < 7)
                {
                    var share = 0.0;
                    for (var other = 0; other < 3; other++)
                    {
                        share += trial.Chains.Heads[other] == head ? trial.Grid.ChainWeights[other] : 0;
                    }

                    Assert.True(trial.Chains.LogValue(head) < -Math.Log(Risk * share) + 1e-9);
                }
            }
        }

        Assert.Equal(6, trial.Chains.Loosest());
    }

    [Fact]
    public void Nothing_is_certified_without_evidence_and_a_chain_that_walks_takes_every_node_on_its_way()
    {
        var trial = new Trial([.95, .99, .9, .8, .7]);
        Assert.Equal(-1, trial.Chains.Loosest());
        Assert.False(trial.Chains.Advance());
        Assert.Equal(0, trial.Chains.LogValue(2), 12);

        for (var n = 0; n < 150; n++)
        {
            trial.Count(0, wrong: false);
        }

        // All were surest, so they speak for every node, and every chain has reached the end.
        Assert.Equal(4, trial.Chains.Loosest());
        Assert.Equal([5, 5, 5], trial.Chains.Heads.ToArray());
        Assert.All(trial.Chains.Certified.ToArray(), Assert.True);
    }

    [Fact]
    public void Chains_that_meet_join_their_shares()
    {
        // Two nodes: the first two chains start at the first, the third at the second.
        var trial = new Trial([.95, .8]);
        Assert.Equal([0, 0, 1], trial.Grid.Starts);
        var joined = Enumerable.Range(1, 1_000).First(n => Mixture.LogValue(Right(n), BetMixture.Logarithms(BetMixture.NearWeights)) >= -Math.Log(Risk * .85));
        for (var n = 1; n < joined; n++)
        {
            trial.Count(0, wrong: false);
            Assert.False(trial.Chains.Certified[0], $"after {n}");
        }

        // Then all three test the second, with the whole risk.
        trial.Count(0, wrong: false);
        Assert.Equal([true, true], trial.Chains.Certified.ToArray());
    }

    [Fact]
    public void What_was_stored_goes_on_where_it_was()
    {
        var (whole, broken) = (new Trial([.95, .99, .9, .8, .7]), new Trial([.95, .99, .9, .8, .7]));
        var chance = new Random(6);
        for (var n = 0; n < 600; n++)
        {
            var (bin, wrong) = (chance.Next(5), chance.NextDouble() < .015);
            whole.Count(bin, wrong);
            broken.Count(bin, wrong);
            broken.Reload();

            Assert.Equal(whole.Chains.Heads.ToArray(), broken.Chains.Heads.ToArray());
            Assert.Equal(whole.Chains.Certified.ToArray(), broken.Chains.Certified.ToArray());
        }

        Assert.True(whole.Chains.Loosest() >= 0);
    }

    [Fact]
    public void Counts_that_were_changed_are_taken_anew()
    {
        var trial = new Trial([.95, .99, .9, .8, .7]);
        for (var n = 0; n < 150; n++)
        {
            trial.Count(0, wrong: n % 5 == 0);
        }

        Assert.Equal(-1, trial.Chains.Loosest());
        trial.Counts.Add(0, 0, wrong: true, times: -30);
        trial.Counts.Add(0, 0, wrong: false, times: 30);
        trial.Chains.Recount();

        Assert.True(trial.Chains.Advance());
        Assert.Equal(4, trial.Chains.Loosest());
    }

    private static long[] Right(int outcomes)
    {
        var counts = new long[18];
        counts[0] = outcomes;
        return counts;
    }

    private sealed class Trial
    {
        public Trial(double[] thresholds)
            : this(CoverageGrid.FromThresholds(thresholds))
        {
        }

        public Trial(CoverageGrid grid)
        {
            Grid = grid;
            Counts = new(grid.Nodes.Length, Mixture.Rungs);
            Chains = New();
        }

        public CoverageGrid Grid { get; }

        public EvidenceCounts Counts { get; }

        public CertificationChains Chains { get; private set; }

        public void Count(int bin, bool wrong, int rung = 0)
        {
            Counts.Add(bin, rung, wrong);
            Chains.Counted(bin, rung, wrong);
            Chains.Advance();
        }

        public void Reload()
        {
            var (heads, certified) = (Chains.Heads.ToArray(), Chains.Certified.ToArray());
            Chains = New();
            Chains.Restore(heads, certified);
        }

        private CertificationChains New() => new(Grid, Counts, Mixture, Risk, BetPrior.None.LogWeights(Grid, Mixture));
    }
}
