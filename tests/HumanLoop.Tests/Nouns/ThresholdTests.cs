using FsCheck.Xunit;

namespace HumanLoop.Tests.Nouns;

public sealed class ThresholdTests
{
    [Property(MaxTest = 2000)]
    public bool Raising_a_threshold_never_admits_more(double confidence, double a, double b)
    {
        var (one, other) = (Make(a), Make(b));
        var (loose, strict) = one < other ? (one, other) : (other, one);
        return !strict.Admits(confidence) || loose.Admits(confidence);
    }

    [Property(MaxTest = 2000)]
    public bool A_threshold_admits_exactly_what_is_at_or_above_it(double confidence, double value) =>
        Make(value) is var threshold && threshold.Admits(confidence) == (!threshold.IsReviewEverything && confidence is >= 0 and <= 1 && confidence >= threshold.Value);

    [Property]
    public bool Review_everything_admits_nothing(double confidence) => !Threshold.ReviewEverything.Admits(confidence) && !default(Threshold).Admits(1);

    [Fact]
    public void At_the_threshold_is_admitted_and_a_hair_below_is_not()
    {
        var threshold = new Threshold(0.9);
        Assert.True(threshold.Admits(0.9));
        Assert.False(threshold.Admits(Math.BitDecrement(0.9)));
        Assert.True(new Threshold(0).Admits(0));
        Assert.True(new Threshold(1).Admits(1));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.PositiveInfinity)]
    public void A_threshold_that_is_no_fraction_is_refused(double value) =>
        Assert.Contains("ReviewEverything", Assert.Throws<ArgumentOutOfRangeException>(() => new Threshold(value)).Message, StringComparison.Ordinal);

    [Property]
    public bool Review_everything_is_the_strictest(double value) =>
        Make(value) is var threshold && threshold <= Threshold.ReviewEverything && (threshold.IsReviewEverything || threshold < Threshold.ReviewEverything);

    [Property]
    public bool Order_is_that_of_the_numbers(double a, double b)
    {
        var (left, right) = (Make(a), Make(b));
        return left.IsReviewEverything || right.IsReviewEverything
            || (left < right == left.Value < right.Value && left == right == (left.Value == right.Value) && left >= right == left.Value >= right.Value);
    }

    /// <summary>A threshold from any number: folded into [0, 1], or the strictest one.</summary>
    private static Threshold Make(double value) => double.IsFinite(value) ? new(Math.Abs(value % 1)) : Threshold.ReviewEverything;
}
