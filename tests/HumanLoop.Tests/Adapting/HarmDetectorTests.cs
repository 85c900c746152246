using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class HarmDetectorTests
{
    [Fact]
    public void It_follows_the_recursion_of_Shiryaev_and_Roberts_for_each_size_of_harm()
    {
        var detector = new HarmDetector(.05, 10_000);
        double[] harmful = [.075, .125, .2, .4];
        var expected = new double[HarmDetector.Sizes];
        foreach (var wrong in new[] { false, true, false, false, true, true, false })
        {
            detector.Observe(wrong);
            expected = [.. expected.Zip(harmful, (sum, rate) => (sum + 1) * (wrong ? rate / .05 : (1 - rate) / .95))];
        }

        Assert.All(expected.Zip(detector.Statistics), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * pair.First));
    }

    [Fact]
    public void No_size_of_harm_is_beyond_nearly_all_or_below_what_is_allowed()
    {
        var (half, nearly) = (new HarmDetector(.5, 10_000), new HarmDetector(.97, 10_000));
        half.Observe(wrong: true);
        nearly.Observe(wrong: true);
        nearly.Observe(wrong: false);

        Assert.All(half.Statistics.Zip([1.5, 1.9, 1.9, 1.9]), pair => Assert.Equal(pair.Second, pair.First, 12));
        // Where nearly everything may be wrong there is no harm to see: the statistic only counts.
        Assert.All(nearly.Statistics, sum => Assert.Equal(2, sum, 12));
    }

    [Theory]
    [InlineData(0, 1_552.9, false, false)]
    [InlineData(3, 1_553.6, true, false)]
    [InlineData(1, 39_999, true, false)]
    [InlineData(2, 40_000, true, true)]
    public void It_suspects_and_alarms_by_the_mean_of_the_sizes(int size, double statistic, bool suspects, bool alarms)
    {
        var detector = new HarmDetector(.05, 10_000);
        detector.Statistics[size] = statistic;

        Assert.Equal((suspects, alarms), (detector.Suspects, detector.Alarms));
    }

    [Fact]
    public void An_alarm_that_is_set_below_the_suspicion_moves_the_suspicion_down_too()
    {
        var detector = new HarmDetector(.05, 100);
        detector.Statistics[0] = 399;
        Assert.False(detector.Suspects);

        detector.Statistics[1] = 1;
        Assert.True(detector.Suspects && detector.Alarms);
    }

    [Fact]
    public void While_the_limit_is_kept_false_alarms_are_further_apart_than_promised()
    {
        const int Level = 200;
        var chance = new Random(4);
        long audits = 0;
        var alarms = 0;
        while (alarms < 400)
        {
            var detector = new HarmDetector(.05, Level);
            while (!detector.Alarms)
            {
                detector.Observe(chance.NextDouble() < .05);
                audits++;
            }

            alarms++;
        }

        // The mean of 400 nearly exponential times is within 15 % of its expectation, three standard errors.
        Assert.True(audits / (double)alarms > .85 * Level, $"{audits / (double)alarms:0}");
    }

    [Fact]
    public void However_many_late_checks_are_wrong_the_statistic_stays_a_number_that_can_be_stored()
    {
        var detector = new HarmDetector(0.05, 5_000);
        for (var i = 0; i < 10_000; i++)
        {
            detector.Observe(wrong: true);
        }

        Assert.All(detector.Statistics, statistic => Assert.True(double.IsFinite(statistic)));
        Assert.True(detector.Alarms);
    }
}
