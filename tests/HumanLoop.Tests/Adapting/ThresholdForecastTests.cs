using FsCheck.Xunit;
using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class ThresholdForecastTests
{
    private static readonly ThresholdGoal Goal = new() { MaxErrorRate = .05 };

    [Fact]
    public void It_says_nothing_before_there_is_anything_to_go_by()
    {
        var loop = new Loop(new RiskControlledThreshold(), Goal);
        Assert.Null(ThresholdForecast.Of(loop.State));
        loop.Run(29, Loop.Calibrated);
        Assert.Null(ThresholdForecast.Of(loop.State));
        loop.Run(1, Loop.Calibrated);
        Assert.NotNull(ThresholdForecast.Of(loop.State));
    }

    [Fact]
    public void It_says_nothing_of_what_is_earned_already()
    {
        var loop = new Loop(new RiskControlledThreshold(), Goal);
        loop.Run(2_000, Loop.Calibrated);
        Assert.True(loop.State.IsEarned);
        Assert.Null(ThresholdForecast.Of(loop.State));
    }

    [Fact]
    public void A_model_that_is_often_wrong_is_not_likely_to_open()
    {
        var loop = new Loop(new RiskControlledThreshold(), Goal);
        loop.Run(400, u => Loop.Always(u, .3));

        var forecast = ThresholdForecast.Of(loop.State)!;

        Assert.Equal((false, null), (forecast.IsLikely, forecast.P10));
        Assert.Equal(400, forecast.Decisions);
    }

    [Property(MaxTest = 20)]
    [Trait("Category", "Slow")]
    public bool The_same_state_and_seed_give_the_same_forecast_in_order_and_change_nothing(int seed, byte decisions)
    {
        var loop = new Loop(new RiskControlledThreshold(), Goal, seed);
        loop.Run(30 + decisions, Loop.Calibrated);
        var before = loop.State.Save();

        var forecast = ThresholdForecast.Of(loop.State, seed);

        return forecast == ThresholdForecast.Of(loop.State, seed)
            && before == loop.State.Save()
            && (forecast is null || ((forecast.P10 ?? int.MaxValue) <= (forecast.P50 ?? int.MaxValue) && (forecast.P50 ?? int.MaxValue) <= (forecast.P90 ?? int.MaxValue) && !(forecast.P10 < 1)));
    }

    /// <summary>With 120 streams the share between P10 and P90, 0.8 if it were exact, has a standard error of 0.04; the forecast knows little of a stream after 120 decisions, so five of them are allowed.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Most_streams_open_between_its_tenth_and_its_ninetieth_percentile()
    {
        var within = 0;
        for (var seed = 1; seed <= 120; seed++)
        {
            var loop = new Loop(new RiskControlledThreshold(), Goal, seed);
            loop.Run(120, Loop.Calibrated);
            var forecast = ThresholdForecast.Of(loop.State)!;
            var opened = 0;
            while (!loop.State.IsEarned && opened < ThresholdForecast.Horizon)
            {
                loop.Run(1, Loop.Calibrated);
                opened++;
            }

            within += (forecast.P10 is null || opened >= forecast.P10) && (forecast.P90 is null || opened <= forecast.P90) ? 1 : 0;
        }

        Assert.True(within >= .6 * 120, $"{within} of 120 opened within the forecast.");
    }
}
