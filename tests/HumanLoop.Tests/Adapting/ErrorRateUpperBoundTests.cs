using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class ErrorRateUpperBoundTests
{
    private static readonly double[] LogWeights = BetMixture.Logarithms(BetMixture.NearWeights);

    [Theory]
    [InlineData(300, 3, 0, 0)]
    [InlineData(60, 0, 0, 0)]
    [InlineData(200, 10, 400, 4)]
    [InlineData(5, 5, 0, 1)]
    public void It_is_the_rate_that_the_bets_refute_at_exactly_the_risk(long right, long wrong, long rightBelow, long wrongBelow)
    {
        // The second pair of outcomes has ω = 2^−1, that is rung 2.
        long[] counts = [right, wrong, 0, 0, rightBelow, wrongBelow];
        var limit = ErrorRateUpperBound.Upper(counts, LogWeights, .05);

        Assert.InRange(limit, 0, 1);
        Assert.True(new BetMixture(limit - 1e-4, rungs: 3).LogValue(counts, LogWeights) < -Math.Log(.05));
        if (limit < .999)
        {
            Assert.True(new BetMixture(limit + 1e-4, rungs: 3).LogValue(counts, LogWeights) >= -Math.Log(.05));
        }
    }

    [Fact]
    public void Without_outcomes_nothing_is_refuted() => Assert.Equal(1, ErrorRateUpperBound.Upper([0, 0], LogWeights, .05), 4);

    [Fact]
    public void Less_risk_refutes_less() =>
        Assert.True(ErrorRateUpperBound.Upper([300, 3], LogWeights, .01) > ErrorRateUpperBound.Upper([300, 3], LogWeights, .05) + .003);
}
