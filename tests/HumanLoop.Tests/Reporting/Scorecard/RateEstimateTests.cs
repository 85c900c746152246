namespace HumanLoop.Tests.Reporting;

public sealed class RateEstimateTests
{
    [Fact]
    public void The_interval_is_Wilsons()
    {
        // Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263, 0.2553 to 0.3662; 15 of 148, 0.0624 to 0.1605; 0 of 20, 0 to 0.1611.
        Assert.Equal((0.2553, 0.3662), Rounded(RateEstimate.From(81, 263)!.Value));
        Assert.Equal((0.0624, 0.1605), Rounded(RateEstimate.From(15, 148)!.Value));
        Assert.Equal((0, 0.1611), Rounded(RateEstimate.From(0, 20)!.Value));
    }

    [Fact]
    public void Of_nothing_there_is_no_rate()
    {
        Assert.Null(RateEstimate.From(0, 0));
        Assert.Null(RateEstimate.FromWeights(0, 0, 0));
    }

    [Fact]
    public void Equal_weights_say_as_much_as_none_and_unequal_ones_less()
    {
        Assert.Equal(RateEstimate.From(5, 50), RateEstimate.FromWeights(5 * 8, 45 * 8, 50 * 64));
        var unequal = RateEstimate.FromWeights(64, 10, 64 * 64 + 10)!.Value;
        Assert.InRange(unequal.Of, 1, 1.5);
        Assert.InRange(unequal.Low, 0, 0.3);
    }

    private static (double Low, double High) Rounded(RateEstimate rate) => (Math.Round(rate.Low, 4), Math.Round(rate.High, 4));
}
