using FsCheck.Xunit;

namespace HumanLoop.Tests.Nouns;

public sealed class ConfidenceTests
{
    [Property(MaxTest = 2000)]
    public bool Every_double_makes_a_confidence_and_only_zero_to_one_a_usable_one(double value)
    {
        var confidence = new Confidence(value);
        return confidence.IsUsable == value is >= 0 and <= 1 && (!confidence.IsUsable || confidence.Value == value);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-0.1)]
    [InlineData(-double.Epsilon)]
    [InlineData(1.0000000000000002)]
    [InlineData(1.7)]
    public void What_is_no_fraction_is_unusable_and_never_admitted(double value)
    {
        Confidence confidence = value;
        Assert.Equal(Confidence.Unusable, confidence);
        Assert.True(double.IsNaN(confidence.Value));
        Assert.False(new Threshold(0).Admits(confidence));
        Assert.Equal("unusable", confidence.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(double.Epsilon)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void The_borders_are_usable(double value) => Assert.True(new Confidence(value).IsUsable);

    [Fact]
    public void The_default_is_unusable_and_not_zero()
    {
        Assert.False(default(Confidence).IsUsable);
        Assert.NotEqual(new Confidence(0), default);
        Assert.True(Confidence.Unusable < new Confidence(0));
    }

    [Fact]
    public void Negative_zero_is_zero() => Assert.Equal(new Confidence(0), new Confidence(-0.0));

    [Property]
    public bool Order_and_equality_are_those_of_the_numbers(double a, double b)
    {
        var (left, right) = (new Confidence(a), new Confidence(b));
        return !left.IsUsable || !right.IsUsable
            || (left < right == a < b && left > right == a > b && left <= right == a <= b && left >= right == a >= b && left == right == (a == b));
    }

    [Property]
    public bool An_unusable_confidence_is_below_every_usable_one(double value) =>
        !new Confidence(value).IsUsable || (Confidence.Unusable < new Confidence(value) && new Confidence(value) > Confidence.Unusable);
}
