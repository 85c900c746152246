using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class DriftWarningTests
{
    [Fact]
    public void It_adds_up_how_much_likelier_three_times_the_odds_make_each_outcome()
    {
        var canary = new DriftWarning();
        canary.Observe(isWrong: true, right: 79, wrong: 20);
        var rate = 20.5 / 100;
        Assert.Equal(Math.Log(3 / (1 - rate + (3 * rate))), canary.Sum, 12);

        canary.Observe(isWrong: false, right: 79, wrong: 20);
        Assert.Equal(Math.Log(3 / (1 + (2 * rate))) - Math.Log(1 + (2 * rate)), canary.Sum, 12);
    }

    [Fact]
    public void A_bin_that_is_hardly_known_says_nothing_and_thirty_outcomes_are_enough()
    {
        var canary = new DriftWarning();

        Assert.False(canary.Observe(isWrong: true, right: 29, wrong: 0));
        Assert.Equal(0, canary.Sum);
        canary.Observe(isWrong: true, right: 30, wrong: 0);
        Assert.True(canary.Sum > 0);
    }

    [Fact]
    public void It_never_falls_below_zero()
    {
        var canary = new DriftWarning();
        canary.Observe(isWrong: false, right: 50, wrong: 50);

        Assert.Equal(0, canary.Sum);
    }

    [Theory]
    [InlineData(true, 1_000_000, 0, .002)]
    [InlineData(true, 0, 1_000_000, .9)]
    public void The_rate_of_a_bin_is_held_away_from_never_and_always(bool wrong, long right, long wrongs, double rate)
    {
        var canary = new DriftWarning();
        canary.Observe(wrong, right, wrongs);

        Assert.Equal(Math.Log(3 / (1 + (2 * rate))), canary.Sum, 12);
    }

    [Fact]
    public void It_warns_once_the_sum_is_above_six_and_starts_again()
    {
        var canary = new DriftWarning { Sum = 6 - Math.Log(3 / 1.004) };
        Assert.False(canary.Observe(isWrong: true, right: 1_000_000, wrong: 0));
        Assert.Equal(6, canary.Sum, 12);

        Assert.True(canary.Observe(isWrong: true, right: 1_000_000, wrong: 0));
        Assert.Equal(0, canary.Sum);
    }
}
