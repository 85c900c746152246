using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class BetMixtureTests
{
    private static readonly double[] Near = BetMixture.Logarithms(BetMixture.NearWeights);

    [Fact]
    public void It_is_the_mean_wealth_of_the_gamblers()
    {
        var mixture = new BetMixture(.05, rungs: 2);
        var expected = 0.0;
        for (var bet = 0; bet < BetMixture.Bets.Length; bet++)
        {
            double stake = BetMixture.Bets[bet], half = stake * Math.Sqrt(.5);
            expected += BetMixture.NearWeights[bet] * Math.Pow(1 + (stake * .05 / .95), 40) * (1 - stake) * Math.Pow(1 + (half * .05 / .95), 30) * Math.Pow(1 - half, 2);
        }

        Assert.Equal(Math.Log(expected), mixture.LogValue([40, 1, 30, 2], Near), 12);
    }

    [Fact]
    public void It_stays_finite_where_wealth_would_overflow()
    {
        var mixture = new BetMixture(.05, rungs: 1);

        Assert.InRange(mixture.LogValue([1_000_000, 0], Near), 49_000, 50_000);
        Assert.InRange(mixture.LogValue([0, 1_000_000], Near), -42_000, -40_000);
    }

    [Fact]
    public void No_outcome_raises_it_by_more_than_its_largest_gain()
    {
        var mixture = new BetMixture(.05, rungs: 3);

        Assert.Equal(Math.Log(1 + (.97 * .05 / .95)), mixture.LargestGain, 12);
        Assert.True(mixture.LogValue([50, 0, 0, 0, 0, 0], Near) <= 50 * mixture.LargestGain);
    }

    [Fact]
    public void A_posterior_is_half_what_was_believed_before_and_half_what_won()
    {
        var mixture = new BetMixture(.05, rungs: 1);
        double[] believed = [.. BetMixture.FarWeights.Select(weight => 7 * weight)];
        var posterior = mixture.Posterior([200, 0], believed);

        double[] wealth = [.. BetMixture.Bets.Zip(BetMixture.FarWeights, (bet, weight) => weight * Math.Pow(1 + (bet * .05 / .95), 200))];
        double[] expected = [.. wealth.Zip(BetMixture.FarWeights, (won, weight) => .5 * ((won / wealth.Sum()) + (weight / BetMixture.FarWeights.Sum())))];
        Assert.All(expected.Zip(posterior), pair => Assert.Equal(pair.First, pair.Second, 10));
        Assert.Equal(1, posterior.Sum(), 10);
    }

    [Fact]
    public void Tiny_stakes_lose_no_precision()
    {
        var mixture = new BetMixture(1e-18, rungs: 1);

        // Each right outcome gains a stake of some 1e-18; 1e15 of them gain some 1e-3.
        Assert.Equal(BetMixture.Bets.Zip(BetMixture.NearWeights, (bet, weight) => bet * weight).Sum() * 1e-3, mixture.LogValue([1_000_000_000_000_000, 0], Near), 1e-5);
    }
}
