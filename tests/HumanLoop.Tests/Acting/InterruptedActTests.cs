using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Running;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HumanLoop.Tests.Acting;

public class InterruptedActTests
{
    [Fact]
    public async Task A_handler_that_ignores_its_token_does_not_hold_up_whoever_routed_the_decision()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Timeout", "00:00:05")));
        CancellationToken seen = default;
        loop.Handler.Does = (_, token) =>
        {
            seen = token;
            return Task.Delay(Timeout.Infinite, CancellationToken.None);
        };

        var routing = loop.RouteAsync("r-1").AsTask();
        await loop.UntilAsync(() => loop.Handler.Calls.Count == 1, TimeSpan.Zero);
        loop.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(routing.IsCompleted);
        loop.Clock.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(RoutingStatus.Recorded, (await routing).Status);
        Assert.True(seen.IsCancellationRequested);
        var item = await loop.ItemAsync("r-1");
        Assert.Equal((DecisionState.ActDue, 1), (item.State, item.Attempt));
        Assert.Equal(nameof(TimeoutException), Assert.Single((await loop.JournalAsync("r-1")).OfType<EffectFailed>()).Error);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public async Task Shutdown_in_mid_act_gives_the_work_back_and_another_process_does_it(int retries)
    {
        var settings = TestLoop.Settings(("Acting:Retries", $"{retries}"));
        var stopping = new TestLoop(settings: settings);
        await stopping.StartAsync();
        stopping.Handler.Does = (_, token) => Task.Delay(Timeout.Infinite, token);
        await stopping.RouteAsync("r-1", 0.1);
        await stopping.DecideAsync("r-1", new Verdict.Approved());
        await stopping.UntilAsync("r-1", DecisionState.Acting);
        await stopping.UntilAsync(() => stopping.Handler.Calls.Count == 1);

        await stopping.StopAsync();

        Assert.Equal((DecisionState.ActDue, null), ((await stopping.ItemAsync("r-1")).State, (await stopping.ItemAsync("r-1")).LeaseHolder));
        await using var next = new TestLoop(settings: settings, sharedWith: stopping);
        await next.StartAsync();
        await next.UntilSettledAsync("r-1");
        Assert.Equal(["refund/r-1/act"], next.Handler.Keys);
        await stopping.DisposeAsync();
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public async Task Shutdown_while_routing_acts_gives_the_work_back(int retries)
    {
        using var life = new StoppableHost();
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Retries", $"{retries}")), services: services => services.AddSingleton<IHostApplicationLifetime>(life));
        loop.Handler.Does = async (_, token) =>
        {
            life.StopApplication();
            await Task.Delay(Timeout.Infinite, token);
        };

        var receipt = await loop.RouteAsync("r-1");

        Assert.Equal(RoutingStatus.Recorded, receipt.Status);
        Assert.Equal(DecisionState.ActDue, (await loop.ItemAsync("r-1")).State);
    }

    [Fact]
    public async Task Work_whose_handler_was_not_called_before_the_host_stopped_is_no_unknown_outcome()
    {
        using var life = new StoppableHost();
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Idempotent", "false")), services: services => services.AddSingleton<IHostApplicationLifetime>(life));
        loop.Store.After = request =>
        {
            life.StopApplication();
            return null;
        };

        await loop.RouteAsync("r-1");

        Assert.Empty(loop.Handler.Calls);
        Assert.Equal(DecisionState.ActDue, (await loop.ItemAsync("r-1")).State);
    }

    [Fact]
    public async Task Shutdown_does_not_wait_for_a_store_that_is_down()
    {
        await using var loop = new TestLoop();
        await loop.StartAsync();
        await loop.RouteAsync("r-1", 0.1);
        loop.Store.Before = request => request is CompleteEffect ? FaultyStore.Down : null;
        await loop.DecideAsync("r-1", new Verdict.Approved());
        await loop.UntilAsync(() => loop.Store.Requests.Any(request => request is CompleteEffect));

        // The clock stands still: any pause would last for ever.
        await loop.StopAsync();

        Assert.Contains(26, loop.Log.Ids);
    }

    [Fact]
    public async Task A_long_act_keeps_its_lease()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Timeout", "00:10:00")));
        await loop.StartAsync();
        var done = new TaskCompletionSource();
        loop.Handler.Does = (_, _) => done.Task;
        await loop.RouteAsync("r-1", 0.1);
        await loop.DecideAsync("r-1", new Verdict.Approved());
        await loop.UntilAsync(() => loop.Handler.Calls.Count == 1);
        var claimed = await loop.ItemAsync("r-1");

        await loop.UntilAsync(async () => (await loop.ItemAsync("r-1")).LeaseUntil > claimed.LeaseUntil, TimeSpan.FromSeconds(1));
        done.SetResult();
        await loop.UntilSettledAsync("r-1");

        Assert.Single(loop.Handler.Calls);
        Assert.Equal(claimed.Revision, (await loop.ItemAsync("r-1")).Revision);
        Assert.NotEmpty((await loop.JournalAsync("r-1")).OfType<LeaseExtended>());
    }

    [Fact]
    public async Task A_lease_lost_in_mid_act_is_logged_and_the_act_not_settled_twice()
    {
        var settings = TestLoop.Settings(("Acting:Timeout", "00:00:10"), ("Acting:Retries", "100"));
        await using var frozen = new TestLoop(settings: settings);
        await using var other = new TestLoop(settings: settings, sharedWith: frozen);
        var name = frozen.Services.GetRequiredService<ProcessIdentity>().Name;
        var release = new TaskCompletionSource();
        frozen.Handler.Does = (_, _) => release.Task;
        await frozen.StartAsync();
        await frozen.RouteAsync("r-1", 0.1);
        await frozen.DecideAsync("r-1", new Verdict.Approved());
        await frozen.UntilAsync(() => frozen.Handler.Calls.Count == 1);
        frozen.Store.Before = request => request is ExtendLease { Actor: { } actor } && actor == name || request is ClaimRequest { Holder: { } holder } && holder == name ? FaultyStore.Down : null;
        await other.StartAsync();

        await other.UntilAsync(async () => (await other.ItemAsync("r-1")).State == DecisionState.Settled, TimeSpan.FromSeconds(1));
        release.SetResult();
        await frozen.UntilAsync(() => frozen.Log.Ids.Contains(23));

        Assert.Single((await other.JournalAsync("r-1")).OfType<EffectDone>());
        Assert.Equal(["refund/r-1/act"], other.Handler.Keys);
        Assert.All(frozen.Handler.Keys, key => Assert.Equal("refund/r-1/act", key));
        Assert.DoesNotContain(21, frozen.Log.Ids);
    }

    [Fact]
    public async Task A_failure_after_the_lease_was_lost_is_not_told_as_a_dead_letter()
    {
        var settings = TestLoop.Settings(("Acting:Retries", "0"));
        await using var loop = new TestLoop(settings: settings);
        loop.Handler.Throws(_ => true);
        loop.Store.Before = request => request is FailEffect ? TakenOver(loop) : null;

        await loop.RouteAsync("r-1");

        Assert.Contains(27, loop.Log.Ids);
        Assert.DoesNotContain(21, loop.Log.Ids);

        static Exception TakenOver(TestLoop loop) => new InvalidOperationException(loop.Store.ToString());
    }

    [Fact]
    public async Task Each_attempt_has_a_handler_and_a_scope_of_its_own_that_are_disposed_with_it()
    {
        ScopedHandler.Made.Clear();
        await using var loop = new TestLoop(
            refund => refund.UseHandler<ScopedHandler>(),
            handled: false,
            services: services => services.AddScoped<ScopedConnection>());
        await loop.StartAsync();

        await loop.RouteAsync("r-1");
        await loop.UntilSettledAsync("r-1");

        Assert.Equal(2, ScopedHandler.Made.Count);
        Assert.All(ScopedHandler.Made, handler => Assert.True(handler.IsDisposed && handler.Connection.IsDisposed));
        Assert.NotSame(ScopedHandler.Made[0].Connection, ScopedHandler.Made[1].Connection);
        Assert.False(ScopedHandler.WasDisposedInMidAct);
    }

    private sealed class ScopedConnection : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class ScopedHandler : IDecisionHandler<Refund>, IDisposable
    {
        public ScopedHandler(ScopedConnection connection)
        {
            Connection = connection;
            Made.Add(this);
        }

        public static List<ScopedHandler> Made { get; } = [];

        public static bool WasDisposedInMidAct { get; private set; }

        public ScopedConnection Connection { get; }

        public bool IsDisposed { get; private set; }

        public async Task ActAsync(Resolution<Refund> resolution, CancellationToken cancellationToken)
        {
            await Task.Yield();
            WasDisposedInMidAct |= IsDisposed || Connection.IsDisposed;
            if (resolution.Attempt == 1)
            {
                throw new InvalidOperationException();
            }
        }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class StoppableHost : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
