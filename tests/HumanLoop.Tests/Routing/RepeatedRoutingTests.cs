using HumanLoop.Journaling;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Tests.Routing;

public class RepeatedRoutingTests
{
    [Fact]
    public async Task Routing_an_id_again_returns_the_first_receipt_and_acts_once()
    {
        await using var loop = new TestLoop();
        var first = await loop.RouteAsync("r-1", 0.95);
        loop.Clock.Advance(TimeSpan.FromMinutes(1));

        var second = await loop.RouteAsync("r-1", 0.2);

        Assert.Equal(RoutingStatus.AlreadyRecorded, second.Status);
        Assert.Equal(first, second with { Status = RoutingStatus.Recorded });
        Assert.Single(loop.Handler.Calls);
        Assert.Single((await loop.JournalAsync("r-1")).OfType<DecisionRouted>());
    }

    [Fact]
    public async Task The_first_receipt_stands_after_threshold_and_scope_have_changed()
    {
        await using var loop = new TestLoop();
        var first = await loop.RouteAsync("r-1", 0.95);
        loop.Configuration[TestLoop.PathOf("Threshold:Value")] = "0.99";
        loop.Configuration.Reload();

        Assert.Equal(first, await loop.RouteAsync("r-1", 0.95) with { Status = RoutingStatus.Recorded });
        Assert.Equal(RouteKind.Review, (await loop.RouteAsync("r-2", 0.95)).Route.Kind);
    }

    [Theory]
    [InlineData(0.95)]
    [InlineData(0.2)]
    public async Task Thirty_two_callers_with_one_id_record_and_act_once(double confidence)
    {
        await using var loop = new TestLoop();
        loop.Handler.Does = async (_, _) => await Task.Yield();
        using var together = new Barrier(32);

        var receipts = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return loop.RouteAsync("r-1", confidence).AsTask();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));

        Assert.Single(receipts, receipt => receipt.Status == RoutingStatus.Recorded);
        Assert.Single(receipts.Select(receipt => receipt with { Status = RoutingStatus.Recorded }).Distinct());
        Assert.Equal(confidence > 0.9 ? 1 : 0, loop.Handler.Calls.Count);
    }

    [Fact]
    public async Task The_same_id_with_another_proposal_is_a_conflict_that_shows_fingerprints_and_no_proposal()
    {
        await using var loop = new TestLoop();
        await loop.Router.RouteAsync(new Decision<Refund>(new Refund("Ada Lovelace", 20)) { Id = "r-1", Confidence = 0.95 });

        var conflict = await Assert.ThrowsAsync<DecisionConflictException>(async () =>
            await loop.Router.RouteAsync(new Decision<Refund>(new Refund("Charles Babbage", 7000)) { Id = "r-1", Confidence = 0.95 }));

        Assert.Matches("^[0-9a-f]{8}$", conflict.RecordedFingerprint);
        Assert.Matches("^[0-9a-f]{8}$", conflict.OfferedFingerprint);
        Assert.NotEqual(conflict.RecordedFingerprint, conflict.OfferedFingerprint);
        Assert.Contains(conflict.RecordedFingerprint, conflict.Message, StringComparison.Ordinal);
        foreach (var secret in new[] { "Ada", "Lovelace", "Babbage", "7000" })
        {
            Assert.DoesNotContain(secret, conflict.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal("Ada Lovelace", Assert.Single(loop.Handler.Calls).Proposal.Customer);
    }

    [Fact]
    public async Task The_same_id_in_another_workflow_is_another_decision()
    {
        await using var loop = new TestLoop(loop: builder => builder.AddWorkflow<string>("greeting", greeting => greeting.Configure(options =>
        {
            options.Owner = "o";
            (options.Metric.Name, options.Metric.AtLeast) = ("m", 1);
            options.Threshold.MaxErrorRate = 0.1;
        })));
        await loop.RouteAsync("1");
        var greeting = (IDecisionRouter<string>)loop.Services.GetService(typeof(IDecisionRouter<string>))!;

        Assert.Equal(RoutingStatus.Recorded, (await greeting.RouteAsync(new("hello") { Id = "1" })).Status);
    }
}
