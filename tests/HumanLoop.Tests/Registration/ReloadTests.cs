using HumanLoop.Hosting;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Tests.Registration;

public class ReloadTests
{
    [Fact]
    public async Task A_good_reload_is_in_force_at_once()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-0");
        var raised = 0;
        Settings(loop).Changed += () => raised++;

        Reload(loop, ("Threshold:Value", "0.99"), ("Mode", "Live"));

        Assert.Equal(RouteKind.Review, (await loop.RouteAsync("r-1", 0.95)).Route.Kind);
        Assert.Equal(1, raised);
        Assert.Single(loop.Log.Ids, id => id == 5);
        Reload(loop, ("Mode", "Shadow"));
        Assert.Equal(RouteReasons.Shadow, (await loop.RouteAsync("r-2", 1)).Route.Reason);
    }

    [Fact]
    public async Task A_bad_reload_keeps_the_last_good_values_is_told_once_and_shows_in_health()
    {
        await using var loop = new TestLoop(services: services => services.AddHealthChecks().AddHumanLoop());
        await loop.RouteAsync("r-0");

        Reload(loop, ("Threshold:Value", "95"));
        Reload(loop);
        Reload(loop);

        Assert.Equal(RouteKind.StraightThrough, (await loop.RouteAsync("r-1", 0.95)).Route.Kind);
        var line = Assert.Single(loop.Log.Lines, line => line.Id.Id == 4);
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.Contains("did you mean 0.95?", line.Text, StringComparison.Ordinal);
        var health = await HealthAsync(loop);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("did you mean 0.95?", health.Description, StringComparison.Ordinal);

        Reload(loop, ("Threshold:Value", "0.8"));

        Assert.Equal(RouteKind.StraightThrough, (await loop.RouteAsync("r-2", 0.85)).Route.Kind);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(loop)).Status);
        Assert.Null(Settings(loop).ReloadProblem);

        static async Task<HealthReportEntry> HealthAsync(TestLoop loop) => (await loop.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["humanloop"];
    }

    [Fact]
    public async Task A_configuration_that_vanishes_keeps_the_last_good_values()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-0");

        Reload(loop, ("Owner", null), ("Metric:Name", null), ("Threshold:Policy", null), ("Threshold:Value", null));

        Assert.Equal(RouteKind.StraightThrough, (await loop.RouteAsync("r-1", 0.95)).Route.Kind);
        Assert.Contains(4, loop.Log.Ids);
    }

    [Fact]
    public async Task Code_that_fails_on_a_reload_keeps_the_last_good_values_and_hurts_nobody_else()
    {
        var fails = false;
        await using var good = new TestLoop(refund => refund.Configure(_ =>
        {
            if (fails)
            {
                throw new InvalidOperationException("secret");
            }
        }));
        await good.RouteAsync("r-0");
        fails = true;

        Reload(good, ("Threshold:Value", "0.99"));

        Assert.Equal(RouteKind.StraightThrough, (await good.RouteAsync("r-1", 0.95)).Route.Kind);
        Assert.Contains(4, good.Log.Ids);
        Assert.All(good.Log.Lines, line => Assert.DoesNotContain("secret", line.Everything, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reload_that_changes_nothing_is_no_news()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-0");

        Reload(loop);

        Assert.DoesNotContain(5, loop.Log.Ids);
    }

    [Fact]
    public async Task Configuration_has_the_last_word_over_code_and_code_over_defaults()
    {
        await using var loop = new TestLoop(
            refund => refund.Configure(options =>
            {
                options.Threshold.Value = 0.5;
                options.Acting.Retries = 2;
                options.Scope.Segments.Add("from code");
                options.Review.EscalateTo.Add("bob");
            }),
            TestLoop.Settings(("Scope:Segments:0", "from configuration")));

        var options = Settings(loop).Current;

        Assert.Equal((0.9, 2), (options.Threshold.Value, options.Acting.Retries));
        Assert.Equal(["from configuration"], options.Scope.Segments);
        Assert.Equal(["bob"], options.Review.EscalateTo);
        Assert.Equal(TimeSpan.FromHours(4), options.Review.Deadline);
    }

    private static WorkflowSettings Settings(TestLoop loop) => loop.Services.GetRequiredKeyedService<Workflow>(TestLoop.Name).Settings;

    private static void Reload(TestLoop loop, params (string Key, string? Value)[] changes)
    {
        foreach (var (key, value) in changes)
        {
            loop.Configuration[TestLoop.PathOf(key)] = value;
        }

        loop.Configuration.Reload();
    }
}
