using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Routing;

public class StoreFailureTests
{
    [Fact]
    public async Task When_the_decision_cannot_be_recorded_routing_throws_and_nothing_acts()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-0", 0.1);
        loop.Store.Before = request => request is IReadOnlyList<NewWork> ? FaultyStore.Down : null;

        await Assert.ThrowsAsync<StoreException>(async () => await loop.RouteAsync("r-1"));
        Assert.Empty(loop.Handler.Calls);

        loop.Store.Before = null;
        Assert.Equal(RoutingStatus.Recorded, (await loop.RouteAsync("r-1")).Status);
        Assert.Single(loop.Handler.Calls);
    }

    [Fact]
    public async Task When_it_is_unknown_whether_the_decision_was_recorded_a_repeat_does_not_act_twice_and_the_act_happens()
    {
        await using var loop = new TestLoop();
        await loop.StartAsync();
        loop.Store.After = request => request is IReadOnlyList<NewWork> ? FaultyStore.Down : null;
        await Assert.ThrowsAsync<StoreException>(async () => await loop.RouteAsync("r-1"));
        Assert.Empty(loop.Handler.Calls);
        loop.Store.After = null;

        Assert.Equal(RoutingStatus.AlreadyRecorded, (await loop.RouteAsync("r-1")).Status);
        Assert.Empty(loop.Handler.Calls);

        // The lease of the act that never began runs out.
        await loop.UntilAsync(async () => (await loop.ItemAsync("r-1")).State == DecisionState.Settled, TimeSpan.FromSeconds(1));
        Assert.Equal(["refund/r-1/act"], loop.Handler.Keys);
    }

    [Fact]
    public async Task When_the_act_cannot_be_recorded_the_receipt_is_still_returned_and_the_act_repeated_with_the_same_key()
    {
        await using var loop = new TestLoop();
        await loop.StartAsync();
        loop.Store.Before = request => request is CompleteEffect ? FaultyStore.Down : null;

        var routing = loop.RouteAsync("r-1").AsTask();
        await loop.UntilAsync(() => routing.IsCompleted);
        var receipt = await routing;

        Assert.Equal((RoutingStatus.Recorded, RouteKind.StraightThrough), (receipt.Status, receipt.Route.Kind));
        Assert.Equal(DecisionState.Acting, (await loop.ItemAsync("r-1")).State);
        Assert.Contains(26, loop.Log.Ids);
        loop.Store.Before = null;
        await loop.UntilAsync(async () => (await loop.ItemAsync("r-1")).State == DecisionState.Settled, TimeSpan.FromSeconds(1));
        Assert.Equal(["refund/r-1/act", "refund/r-1/act"], loop.Handler.Keys);
        Assert.Equal([1, 2], loop.Handler.Calls.Select(call => call.Attempt));
        Assert.Single((await loop.JournalAsync("r-1")).OfType<EffectDone>());
    }

    [Fact]
    public async Task A_store_that_breaks_its_contract_when_the_act_is_recorded_does_not_take_the_receipt_away()
    {
        await using var loop = new TestLoop();
        loop.Store.Before = request => request is CompleteEffect ? new TimeoutException("a raw driver's exception") : null;

        var receipt = await loop.RouteAsync("r-1");

        Assert.Equal(RoutingStatus.Recorded, receipt.Status);
        Assert.Contains(26, loop.Log.Ids);
    }

    [Fact]
    public async Task A_failed_act_still_returns_the_receipt_and_is_tried_again_with_the_same_key()
    {
        await using var loop = new TestLoop();
        await loop.StartAsync();
        loop.Handler.Throws(resolution => resolution.Attempt == 1);

        var receipt = await loop.RouteAsync("r-1");

        Assert.Equal((RoutingStatus.Recorded, RouteKind.StraightThrough), (receipt.Status, receipt.Route.Kind));
        await loop.UntilSettledAsync("r-1");
        Assert.Equal(["refund/r-1/act", "refund/r-1/act"], loop.Handler.Keys);
    }

    [Fact]
    public async Task A_short_hiccup_while_the_act_is_recorded_is_ridden_out()
    {
        await using var loop = new TestLoop();
        var failures = 2;
        loop.Store.Before = request => request is CompleteEffect && failures-- > 0 ? FaultyStore.Down : null;

        var routing = loop.RouteAsync("r-1").AsTask();
        await loop.UntilAsync(() => routing.IsCompleted);
        await routing;

        Assert.Equal(DecisionState.Settled, (await loop.ItemAsync("r-1")).State);
        Assert.Single(loop.Handler.Calls);
    }
}
