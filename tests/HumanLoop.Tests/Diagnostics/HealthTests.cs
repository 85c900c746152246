using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HumanLoop.Tests.Diagnostics;

public class HealthTests
{
    [Fact]
    public async Task A_loop_with_nothing_to_complain_of_is_healthy_and_tagged_ready()
    {
        await using var loop = Loop();
        await loop.StartAsync();
        await loop.RouteAsync("r-1", 0.1);

        var entry = await CheckAsync(loop);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(["ready"], entry.Tags);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_unhealthy_and_recovers()
    {
        await using var loop = Loop();
        loop.Store.Before = _ => FaultyStore.Down;
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(loop)).Status);

        loop.Store.Before = null;
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(loop)).Status);
        loop.Store.Before = request => request is "measure" ? FaultyStore.Down : null;
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(loop)).Status);
    }

    [Fact]
    public async Task A_queue_beyond_its_limits_degrades_it()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:MaxPending", "2")), services: services => services.AddHealthChecks().AddHumanLoop());
        await loop.RouteAsync("r-1", 0.1);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(loop)).Status);
        await loop.RouteAsync("r-2", 0.1);
        var degraded = await CheckAsync(loop);
        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.Contains("people do not keep up with 'refund': 2 reviews wait", degraded.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_and_overdue_reviews_degrade_it_until_they_are_gone()
    {
        await using var loop = Loop();
        await loop.StartAsync();
        loop.Handler.Throws(_ => true);
        await loop.RouteAsync("dead");
        await loop.RouteAsync("late", 0.1);
        await loop.UntilAsync(async () => (await loop.ItemAsync("late")).IsOverdue, TimeSpan.FromMinutes(1));

        var degraded = await CheckAsync(loop);

        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.Contains("1 dead letter", degraded.Description, StringComparison.Ordinal);
        Assert.Contains("1 overdue review", degraded.Description, StringComparison.Ordinal);
        await loop.Desk.SettleDeadLetterAsync(TestLoop.Review("dead"), "ops-lead");
        await loop.Router.WithdrawAsync("late", "x");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(loop)).Status);
    }

    [Fact]
    public async Task A_dispatcher_that_stands_still_degrades_it()
    {
        await using var loop = Loop();
        await loop.StartAsync();
        await loop.UntilAsync(() => loop.Store.Requests.OfType<HumanLoop.Queueing.ClaimRequest>().Any());
        loop.Store.Hold = request => request is HumanLoop.Queueing.ClaimRequest ? Task.Delay(Timeout.Infinite, CancellationToken.None) : Task.CompletedTask;
        var asked = loop.Store.Requests.OfType<HumanLoop.Queueing.ClaimRequest>().Count();
        await loop.UntilAsync(() => loop.Store.Requests.OfType<HumanLoop.Queueing.ClaimRequest>().Count() > asked);

        loop.Clock.Advance(TimeSpan.FromSeconds(61));

        var degraded = await CheckAsync(loop);
        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.Contains("dispatcher", degraded.Description, StringComparison.Ordinal);
        loop.StopWithoutWaiting();
    }

    [Fact]
    public async Task A_dispatcher_that_is_busy_with_long_acts_does_not_stand_still()
    {
        await using var loop = Loop(("/MaxConcurrentActs", "1"), ("Acting:Timeout", "01:00:00"));
        await loop.StartAsync();
        var done = new TaskCompletionSource();
        loop.Handler.Does = (_, _) => done.Task;
        await loop.RouteAsync("r-1", 0.1);
        await loop.DecideAsync("r-1", new Verdict.Approved());
        await loop.UntilAsync(() => loop.Handler.Calls.Count == 1);
        for (var i = 0; i < 10; i++)
        {
            loop.Clock.Advance(TimeSpan.FromSeconds(12));
            await Task.Delay(1);
        }

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(loop)).Status);
        done.SetResult();
        await loop.UntilSettledAsync("r-1");
    }

    private static TestLoop Loop(params (string Key, string? Value)[] settings) =>
        new(settings: TestLoop.Settings([("Acting:Retries", "0"), .. settings]), services: services => services.AddHealthChecks().AddHumanLoop());

    private static async Task<HealthReportEntry> CheckAsync(TestLoop loop) =>
        (await loop.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["humanloop"];
}
