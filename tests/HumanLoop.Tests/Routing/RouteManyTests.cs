using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HumanLoop.Queueing;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Routing;

public class RouteManyTests
{
    [Fact]
    public async Task Receipts_come_in_the_order_of_the_decisions()
    {
        await using var loop = new TestLoop(refund => refund.UseConfidence(async (decision, _) =>
        {
            await Task.Yield();
            return decision.Proposal.Amount % 2 == 0 ? 0.95 : 0.1;
        }));
        var decisions = Enumerable.Range(0, 600).Select(i => TestLoop.Decision($"r-{i}", null, i)).ToArray();

        var receipts = await loop.Router.RouteManyAsync(decisions.ToAsyncEnumerable()).ToListAsync();

        Assert.Equal(decisions.Select(decision => decision.Id), receipts.Select(receipt => receipt.DecisionId));
        Assert.All(receipts.Index(), pair => Assert.Equal(pair.Index % 2 == 0, pair.Item.Route.ActsAtOnce));
        Assert.Equal(300, loop.Handler.Calls.Count);
    }

    [Fact]
    public async Task What_has_arrived_is_one_commit()
    {
        await using var loop = new TestLoop();
        var decisions = Enumerable.Range(0, 600).Select(i => TestLoop.Decision($"r-{i}", 0.1)).ToAsyncEnumerable();

        await loop.Router.RouteManyAsync(decisions).ToListAsync();

        Assert.Equal([256, 256, 88], loop.Store.Requests.OfType<IReadOnlyList<NewWork>>().Select(batch => batch.Count));
    }

    [Fact]
    public async Task A_slow_stream_is_not_held_back_until_a_batch_is_full()
    {
        await using var loop = new TestLoop();
        var channel = Channel.CreateUnbounded<Decision<Refund>>();
        await using var receipts = loop.Router.RouteManyAsync(channel.Reader.ReadAllAsync()).GetAsyncEnumerator();

        for (var i = 0; i < 3; i++)
        {
            channel.Writer.TryWrite(TestLoop.Decision($"r-{i}"));
            Assert.True(await receipts.MoveNextAsync());
            Assert.Equal($"r-{i}", receipts.Current.DecisionId.Value);
        }

        channel.Writer.Complete();
        Assert.False(await receipts.MoveNextAsync());
    }

    [Fact]
    public async Task A_conflict_in_the_middle_is_thrown_in_its_place_and_all_others_are_recorded_and_act()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-1");
        var received = new List<string>();

        var conflict = await Assert.ThrowsAsync<DecisionConflictException>(async () =>
        {
            await foreach (var receipt in loop.Router.RouteManyAsync(new[] { TestLoop.Decision("r-0"), TestLoop.Decision("r-1", amount: 99), TestLoop.Decision("r-2") }.ToAsyncEnumerable()))
            {
                received.Add(receipt.DecisionId.Value);
            }
        });

        Assert.Equal("r-1", conflict.DecisionId.Value);
        Assert.Equal(["r-0"], received);
        Assert.Equal(["refund/r-0/act", "refund/r-1/act", "refund/r-2/act"], loop.Handler.Keys.Order());
        Assert.Equal(RoutingStatus.AlreadyRecorded, (await loop.RouteAsync("r-2")).Status);
    }

    [Fact]
    public async Task The_same_id_twice_in_one_batch_acts_once()
    {
        await using var loop = new TestLoop();

        var receipts = await loop.Router.RouteManyAsync(new[] { TestLoop.Decision("r-0"), TestLoop.Decision("r-0") }.ToAsyncEnumerable()).ToListAsync();

        Assert.Equal([RoutingStatus.Recorded, RoutingStatus.AlreadyRecorded], receipts.Select(receipt => receipt.Status));
        Assert.Single(loop.Handler.Calls);
    }

    [Fact]
    public async Task A_decision_that_cannot_be_recorded_does_not_keep_those_before_it_from_being_routed()
    {
        await using var loop = new TestLoop();
        var received = new List<string>();

        await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            await foreach (var receipt in loop.Router.RouteManyAsync(new[] { TestLoop.Decision("r-0"), TestLoop.Decision("r-1") with { Segment = "" }, TestLoop.Decision("r-2") }.ToAsyncEnumerable()))
            {
                received.Add(receipt.DecisionId.Value);
            }
        });

        Assert.Equal(["r-0"], received);
        Assert.Equal(["refund/r-0/act"], loop.Handler.Keys);
    }

    [Fact]
    public async Task Leaving_early_while_the_stream_is_slow_ends_the_stream_quietly()
    {
        await using var loop = new TestLoop();
        var slow = new SlowStream([TestLoop.Decision("r-0")]);

        await foreach (var receipt in loop.Router.RouteManyAsync(slow.ReadAsync()))
        {
            Assert.Equal("r-0", receipt.DecisionId.Value);
            break;
        }

        Assert.True(slow.IsDisposed);
    }

    [Fact]
    public async Task A_store_that_fails_while_the_stream_is_slow_is_what_is_told()
    {
        await using var loop = new TestLoop();
        loop.Store.Before = request => request is IReadOnlyList<NewWork> ? FaultyStore.Down : null;
        var slow = new SlowStream([TestLoop.Decision("r-0")]);

        await Assert.ThrowsAsync<StoreException>(async () => await loop.Router.RouteManyAsync(slow.ReadAsync()).ToListAsync());

        Assert.True(slow.IsDisposed);
        Assert.Empty(loop.Handler.Calls);
    }

    [Fact]
    public async Task Cancelling_while_the_stream_is_slow_is_a_cancellation()
    {
        await using var loop = new TestLoop();
        var slow = new SlowStream([TestLoop.Decision("r-0")]);
        using var impatience = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in loop.Router.RouteManyAsync(slow.ReadAsync(), impatience.Token))
            {
                await impatience.CancelAsync();
            }
        });

        Assert.True(slow.IsDisposed);
        Assert.Equal(["refund/r-0/act"], loop.Handler.Keys);
    }

    [Fact]
    public async Task A_stream_that_fails_has_what_came_before_routed()
    {
        await using var loop = new TestLoop();
        var received = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var _ in loop.Router.RouteManyAsync(BreakingAsync()))
            {
                received++;
            }
        });

        Assert.Equal((2, 2), (received, loop.Handler.Calls.Count));

        static async IAsyncEnumerable<Decision<Refund>> BreakingAsync()
        {
            yield return TestLoop.Decision("r-0");
            yield return TestLoop.Decision("r-1");
            await Task.Yield();
            throw new InvalidOperationException("the file ends in the middle");
        }
    }

    /// <summary>Gives what it has and then nothing for ever, until it is cancelled.</summary>
    private sealed class SlowStream(IReadOnlyList<Decision<Refund>> decisions)
    {
        public bool IsDisposed { get; private set; }

        public async IAsyncEnumerable<Decision<Refund>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                foreach (var decision in decisions)
                {
                    yield return decision;
                }

                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                IsDisposed = true;
            }
        }
    }
}
