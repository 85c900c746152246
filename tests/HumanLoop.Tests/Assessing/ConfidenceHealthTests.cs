using HumanLoop.Assessing;

namespace HumanLoop.Tests.Assessing;

public sealed class ConfidenceHealthTests
{
    [Fact]
    public void A_calibrated_confidence_is_healthy()
    {
        var health = Measure(u => (1 - (u / 2), u / 2));

        Assert.Empty(health.Problems);
        Assert.InRange(health.CalibrationError, 0, .04);
        Assert.InRange(health.Ranking.Auroc, .65, .9);
        Assert.True(health.Ranking.Low < health.Ranking.Auroc && health.Ranking.Auroc < health.Ranking.High);
        Assert.Equal(2_000, health.Reliability.Sum(bin => bin.Weight), 6);
    }

    [Fact]
    public void One_number_for_everything_is_degenerate() =>
        Assert.Equal(["degenerate"], Measure(_ => (.9, .1)).Problems);

    [Fact]
    public void A_confidence_that_does_not_rank_is_undiscriminating()
    {
        var health = Measure(u => (u, .4));

        Assert.Contains("undiscriminating", health.Problems);
        Assert.True(health.IsUseless);
    }

    [Fact]
    public void A_confidence_that_claims_more_than_it_keeps_is_overconfident_and_still_of_use()
    {
        var health = Measure(u => (1 - (u / 10), u / 2));

        Assert.Equal(["overconfident"], health.Problems);
        Assert.False(health.IsUseless);
    }

    [Fact]
    public void An_inverted_confidence_still_ranks() =>
        Assert.False(Measure(u => (u, u / 2)).Ranking.IsUndiscriminating);

    [Fact]
    public void Without_errors_nothing_is_said_about_the_ranking()
    {
        var health = Measure(u => (u, 0));

        Assert.True(double.IsNaN(health.Ranking.Auroc));
        Assert.False(health.IsUseless);
    }

    [Fact]
    public void A_perfect_ranking_has_an_area_of_one() =>
        Assert.Equal(1, ConfidenceHealth.Measure([(.9, true, 1), (.8, true, 1), (.3, false, 1), (double.NaN, false, 1)]).Ranking.Auroc);

    private static ConfidenceHealth Measure(Func<double, (double Confidence, double Risk)> source)
    {
        var chance = new Random(5);
        return ConfidenceHealth.Measure([.. Enumerable.Range(0, 2_000).Select(_ =>
        {
            var (confidence, risk) = source(chance.NextDouble());
            return (new Confidence(confidence), chance.NextDouble() >= risk, 1.0);
        })]);
    }
}
