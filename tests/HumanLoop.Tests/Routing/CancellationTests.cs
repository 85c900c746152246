using HumanLoop.Queueing;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Routing;

public class CancellationTests
{
    [Fact]
    public async Task Cancelling_stops_the_waiting_and_neither_the_write_nor_the_act()
    {
        await using var loop = new TestLoop();
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        loop.Store.Hold = async request =>
        {
            if (request is IReadOnlyList<NewWork>)
            {
                arrived.TrySetResult();
                await goOn.Task;
            }
        };
        using var impatience = new CancellationTokenSource();

        var waiting = loop.Router.RouteAsync(TestLoop.Decision("r-1"), impatience.Token).AsTask();
        await arrived.Task;
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Empty(loop.Handler.Calls);
        goOn.SetResult();
        await loop.UntilAsync(() => loop.Handler.Calls.Count == 1);
        Assert.Equal(RoutingStatus.AlreadyRecorded, (await loop.RouteAsync("r-1")).Status);
    }

    [Fact]
    public async Task The_handler_never_sees_the_callers_token()
    {
        await using var loop = new TestLoop();
        using var caller = new CancellationTokenSource();
        var (acting, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        CancellationToken seen = default;
        loop.Handler.Does = async (_, token) =>
        {
            seen = token;
            acting.SetResult();
            await goOn.Task;
        };

        var waiting = loop.Router.RouteAsync(TestLoop.Decision("r-1"), caller.Token).AsTask();
        await acting.Task;
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(seen.IsCancellationRequested);
        goOn.SetResult();

        await loop.UntilSettledAsync("r-1");
        Assert.Single(loop.Handler.Calls);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_records_nothing()
    {
        await using var loop = new TestLoop();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await loop.Router.RouteAsync(TestLoop.Decision("r-1"), new CancellationToken(true)));

        Assert.Empty(await loop.JournalAsync());
    }
}
