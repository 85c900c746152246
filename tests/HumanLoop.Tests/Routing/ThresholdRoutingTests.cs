using FsCheck;
using FsCheck.Xunit;
using HumanLoop.Routing;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Routing;

public class ThresholdRoutingTests
{
    [Theory]
    [InlineData(0.9, RouteKind.StraightThrough, RouteReasons.AtOrAboveThreshold)]
    [InlineData(1.0, RouteKind.StraightThrough, RouteReasons.AtOrAboveThreshold)]
    [InlineData(0.8999999, RouteKind.Review, RouteReasons.BelowThreshold)]
    [InlineData(0.0, RouteKind.Review, RouteReasons.BelowThreshold)]
    [InlineData(double.NaN, RouteKind.Review, RouteReasons.ConfidenceUnusable)]
    [InlineData(-0.1, RouteKind.Review, RouteReasons.ConfidenceUnusable)]
    [InlineData(1.7, RouteKind.Review, RouteReasons.ConfidenceUnusable)]
    [InlineData(double.PositiveInfinity, RouteKind.Review, RouteReasons.ConfidenceUnusable)]
    public async Task A_decision_goes_straight_through_at_or_above_the_threshold_and_nowhere_else(double confidence, RouteKind kind, string reason)
    {
        await using var loop = new TestLoop();

        var receipt = await loop.RouteAsync("r-1", confidence);

        Assert.Equal(RoutingStatus.Recorded, receipt.Status);
        Assert.Equal((kind, reason), (receipt.Route.Kind, receipt.Route.Reason));
        Assert.Equal(kind == RouteKind.Review ? 0 : 1, loop.Handler.Calls.Count);
        Assert.Equal(reason != RouteReasons.ConfidenceUnusable, (await loop.ItemAsync("r-1")).Routed.Eligible);
    }

    [Fact]
    public async Task A_decision_that_nobody_scored_goes_to_review_and_enters_no_count()
    {
        await using var loop = new TestLoop();

        var receipt = await loop.RouteAsync("r-1", confidence: null);

        Assert.Equal(RouteReasons.ConfidenceMissing, receipt.Route.Reason);
        Assert.False(receipt.Confidence.IsUsable);
        Assert.False((await loop.ItemAsync("r-1")).Routed.Eligible);
        Assert.Empty(loop.Handler.Calls);
    }

    [Fact]
    public async Task Without_an_earned_threshold_everything_is_reviewed_and_eligible_with_certainty()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Threshold:Policy", "RiskControlled"), ("Threshold:Value", null), ("Threshold:MaxErrorRate", "0.05")));

        var receipt = await loop.RouteAsync("r-1", 1);

        Assert.Equal(RouteReasons.NotYetEarned, receipt.Route.Reason);
        Assert.True(receipt.Threshold.IsReviewEverything);
        Assert.Equal(0, receipt.AuditProbability);
        var routed = (await loop.ItemAsync("r-1")).Routed;
        Assert.True(routed.Eligible);
        Assert.Equal((ReviewProbability.Always, ReviewProbability.Always), (routed.ReviewProbability, routed.LowestProbability));
    }

    [Fact]
    public async Task The_threshold_is_never_below_its_hard_lower_bound()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Threshold:NeverBelow", "0.97")));

        Assert.Equal(RouteKind.Review, (await loop.RouteAsync("r-1", 0.96)).Route.Kind);
        Assert.Equal(new Threshold(0.97), (await loop.RouteAsync("r-2", 0.98)).Threshold);
    }

    [Fact]
    public async Task A_receipt_is_what_the_journal_says()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Scope:Segments:0", "small")));
        Decision<Refund>[] decisions =
        [
            TestLoop.Decision("straight") with { Segment = "small", Model = "m1" },
            TestLoop.Decision("below", 0.2) with { Segment = "small" },
            TestLoop.Decision("unscored", null) with { Segment = "small" },
            TestLoop.Decision("outside") with { Segment = "large" },
        ];
        foreach (var decision in decisions)
        {
            loop.Clock.Advance(TimeSpan.FromSeconds(1));
            var receipt = await loop.Router.RouteAsync(decision);

            var routed = Assert.IsType<HumanLoop.Journaling.DecisionRouted>((await loop.JournalAsync(decision.Id.Value))[0]);
            Assert.Equal(
                (routed.DecisionId, routed.Workflow, routed.Route, routed.Confidence, routed.Threshold, routed.LowestProbability.Value, routed.At),
                (receipt.DecisionId, receipt.Workflow, receipt.Route, receipt.Confidence, receipt.Threshold, receipt.AuditProbability, receipt.RoutedAt));
            Assert.Equal((decision.Segment, decision.Model, decision.Confidence is not null && decision.Segment == "small"), (routed.Segment, routed.Model, routed.Eligible));
            Assert.Equal(64, routed.Fingerprint.Length);
        }
    }

    [Property]
    public bool Raising_a_threshold_never_admits_more(NormalFloat low, NormalFloat high, NormalFloat confidence, string id)
    {
        var (lower, upper) = (Fraction(low), Fraction(high));
        (lower, upper) = (Math.Min(lower, upper), Math.Max(lower, upper));
        var draw = new AuditDraw(Convert.FromBase64String(TestLoop.AuditKey), "refund");
        var decision = new DecisionId($"d{Math.Abs(id?.GetHashCode(StringComparison.Ordinal) ?? 0)}");

        bool Acts(double threshold) => Line(new(threshold)).Judge(draw, decision, Fraction(confidence)).Route.ActsAtOnce;

        return (!Acts(upper) || Acts(lower)) && !Line(Threshold.ReviewEverything).Judge(draw, decision, 1).Route.ActsAtOnce;

        RoutingThreshold Line(Threshold threshold) => new(threshold, ReviewProbability.AtRung(9), epoch: 1);
    }

    [Property]
    public bool Whatever_number_a_confidence_is_made_from_nothing_acts_unless_it_is_a_fraction_at_or_above_the_threshold(double number)
    {
        var draw = new AuditDraw(Convert.FromBase64String(TestLoop.AuditKey), "refund");
        var line = new RoutingThreshold(new(0.5), ReviewProbability.AtRung(9), epoch: 1);
        return line.Judge(draw, "d", number).Route.ActsAtOnce == (number >= 0.5 && number <= 1);
    }

    private static double Fraction(NormalFloat number) => Math.Abs(number.Get) % 1.0;
}
