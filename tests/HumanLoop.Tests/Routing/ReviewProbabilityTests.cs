using FsCheck.Xunit;

namespace HumanLoop.Tests.Routing;

public sealed class ReviewProbabilityTests
{
    [Fact]
    public void Rungs_are_powers_of_the_square_root_of_one_half()
    {
        for (var rung = 0; rung <= ReviewProbability.LastRung; rung++)
        {
            Assert.Equal(Math.Pow(2, -rung / 2.0), ReviewProbability.AtRung(rung).Value);
            Assert.Equal(rung, ReviewProbability.AtRung(rung).Rung);
        }
    }

    [Fact]
    public void The_default_looks_at_everything()
    {
        Assert.Equal(ReviewProbability.Always, default);
        Assert.Equal(1, default(ReviewProbability).Value);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(ReviewProbability.LastRung + 1)]
    public void There_are_no_other_rungs(int rung) => Assert.Throws<ArgumentOutOfRangeException>(() => ReviewProbability.AtRung(rung));

    [Property(MaxTest = 2000)]
    public bool Rounding_never_checks_less_than_asked_and_never_a_rung_too_much(double wanted)
    {
        var rung = ReviewProbability.AtLeast(wanted);
        var floor = ReviewProbability.AtRung(ReviewProbability.LastRung);
        return wanted is >= 0 and <= 1
            ? rung.Value >= wanted && (rung == floor || ReviewProbability.AtRung(rung.Rung + 1).Value < wanted)
            : rung == (wanted < 0 ? floor : ReviewProbability.Always);
    }

    [Fact]
    public void A_wanted_rung_is_that_rung()
    {
        for (var rung = 0; rung <= ReviewProbability.LastRung; rung++)
        {
            Assert.Equal(rung, ReviewProbability.AtLeast(ReviewProbability.AtRung(rung).Value).Rung);
        }
    }
}
