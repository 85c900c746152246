using HumanLoop.Assessing;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Assessing;

public class ConfidenceSourceTests
{
    [Fact]
    public async Task A_source_scores_what_came_without_a_confidence()
    {
        await using var loop = new TestLoop(refund => refund.UseConfidence((decision, _) => new(decision.Proposal.Amount < 50 ? 0.99 : 0.1)));

        Assert.Equal(RouteKind.StraightThrough, (await loop.RouteAsync("small", null)).Route.Kind);
        Assert.Equal(RouteReasons.BelowThreshold, (await loop.Router.RouteAsync(TestLoop.Decision("large", null, 500))).Route.Reason);
    }

    [Fact]
    public async Task A_source_is_not_asked_when_the_decision_has_a_confidence_even_an_unusable_one()
    {
        var asked = 0;
        await using var loop = new TestLoop(refund => refund.UseConfidence((_, _) => new(++asked)));

        await loop.RouteAsync("own", 0.3);
        await loop.RouteAsync("broken", double.NaN);
        await loop.Router.RouteAsync(TestLoop.Decision("fields", null) with { Fields = new Dictionary<string, Confidence> { ["total"] = 0.5 } });

        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task A_failing_confidence_source_sends_the_decision_to_review()
    {
        await using var loop = new TestLoop(refund => refund.UseConfidence((_, _) => throw new InvalidOperationException("secret")));

        var receipt = await loop.RouteAsync("r-1", null);

        Assert.Equal((RouteKind.Review, RouteReasons.ConfidenceFailed), (receipt.Route.Kind, receipt.Route.Reason));
        Assert.False((await loop.ItemAsync("r-1")).Routed.Eligible);
        Assert.Contains(10, loop.Log.Ids);
    }

    [Fact]
    public async Task A_source_that_fails_later_sends_the_decision_to_review_too()
    {
        await using var loop = new TestLoop(refund => refund.UseConfidence(async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException();
        }));

        Assert.Equal(RouteReasons.ConfidenceFailed, (await loop.RouteAsync("r-1", null)).Route.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_source_that_takes_too_long_sends_the_decision_to_review_even_if_it_ignores_its_token(bool heedsToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var loop = new TestLoop(
            refund => refund.UseConfidence(async (_, token) =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, heedsToken ? token : CancellationToken.None);
                return 1;
            }),
            TestLoop.Settings(("ConfidenceTimeout", "00:00:05")));

        var routing = loop.RouteAsync("r-1", null).AsTask();
        await asked.Task;
        loop.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(routing.IsCompleted);
        loop.Clock.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(RouteReasons.ConfidenceTimedOut, (await routing).Route.Reason);
        Assert.Contains(11, loop.Log.Ids);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.5)]
    [InlineData(95)]
    public async Task A_source_that_gives_no_fraction_sends_the_decision_to_review(double confidence)
    {
        await using var loop = new TestLoop(refund => refund.UseConfidence((_, _) => new((Confidence)confidence)));

        Assert.Equal(RouteReasons.ConfidenceUnusable, (await loop.RouteAsync("r-1", null)).Route.Reason);
    }

    [Fact]
    public async Task A_source_is_disposed_with_the_application()
    {
        var loop = new TestLoop(refund => refund.UseConfidence<DisposableSource>());
        await loop.RouteAsync("r-1", null);
        Assert.Equal(0, DisposableSource.Disposed);

        await loop.DisposeAsync();

        Assert.Equal(1, DisposableSource.Disposed);
    }

    [Fact]
    public async Task The_weakest_field_counts_and_is_named()
    {
        await using var loop = new TestLoop();
        var invoice = TestLoop.Decision("r-1", null) with { Fields = new Dictionary<string, Confidence> { ["date"] = 0.99, ["total"] = 0.4, ["name"] = 0.8 } };

        var receipt = await loop.Router.RouteAsync(invoice);

        Assert.Equal("weak_field:total", receipt.Route.Reason);
        Assert.Equal(new Confidence(0.4), receipt.Confidence);
        Assert.True((await loop.ItemAsync("r-1")).Routed.Eligible);
    }

    [Fact]
    public async Task The_weakest_field_may_be_strong_enough()
    {
        await using var loop = new TestLoop();
        var receipt = await loop.Router.RouteAsync(TestLoop.Decision("r-1", null) with { Fields = new Dictionary<string, Confidence> { ["date"] = 0.99, ["total"] = 0.9 } });

        Assert.Equal((RouteKind.StraightThrough, new Confidence(0.9)), (receipt.Route.Kind, receipt.Confidence));
    }

    [Fact]
    public async Task An_unusable_field_makes_the_whole_unusable()
    {
        await using var loop = new TestLoop();
        var receipt = await loop.Router.RouteAsync(TestLoop.Decision("r-1", null) with { Fields = new Dictionary<string, Confidence> { ["date"] = 0.99, ["total"] = double.NaN } });

        Assert.Equal(RouteReasons.ConfidenceUnusable, receipt.Route.Reason);
    }

    [Fact]
    public async Task A_confidence_of_the_whole_outranks_the_fields()
    {
        await using var loop = new TestLoop();
        var receipt = await loop.Router.RouteAsync(TestLoop.Decision("r-1", 0.95) with { Fields = new Dictionary<string, Confidence> { ["total"] = 0.1 } });

        Assert.Equal(RouteKind.StraightThrough, receipt.Route.Kind);
    }

    [Theory]
    [InlineData("Net Total (€)", "weak_field:net_total____")]
    [InlineData("", "weak_field:")]
    public async Task Any_name_of_a_field_makes_a_stable_reason(string field, string reason)
    {
        await using var loop = new TestLoop();
        var receipt = await loop.Router.RouteAsync(TestLoop.Decision("r-1", null) with { Fields = new Dictionary<string, Confidence> { [field] = 0.1 } });

        Assert.Equal(reason, receipt.Route.Reason);
        Assert.Equal(reason, DecisionRoute.Review(receipt.Route.Reason).Reason);
    }

    [Fact]
    public async Task Among_equally_weak_fields_the_reason_does_not_depend_on_their_order()
    {
        await using var loop = new TestLoop();
        var one = await loop.Router.RouteAsync(TestLoop.Decision("r-1", null) with { Fields = new Dictionary<string, Confidence> { ["b"] = 0.1, ["a"] = 0.1 } });
        var other = await loop.Router.RouteAsync(TestLoop.Decision("r-2", null) with { Fields = new Dictionary<string, Confidence> { ["a"] = 0.1, ["b"] = 0.1 } });

        Assert.Equal(("weak_field:a", "weak_field:a"), (one.Route.Reason, other.Route.Reason));
    }

    private sealed class DisposableSource : IConfidenceSource<Refund>, IDisposable
    {
        public static int Disposed { get; private set; }

        public ValueTask<Confidence> AssessAsync(Decision<Refund> decision, CancellationToken cancellationToken) => new(new Confidence(0.1));

        public void Dispose() => Disposed++;
    }
}
