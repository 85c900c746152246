using HumanLoop.Tests.Journey;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Tests.Registration;

public class StartTests
{
    private const string OtherKey = "Dw4NDAsKCQgHBgUEAwIBAA==";

    [Fact]
    public async Task A_store_that_is_down_at_start_does_not_stop_the_host_and_needs_no_restart()
    {
        await using var loop = new TestLoop();
        loop.Store.Before = _ => FaultyStore.Down;

        await loop.StartAsync();

        Assert.Contains(6, loop.Log.Ids);
        await Assert.ThrowsAsync<StoreException>(async () => await loop.RouteAsync("r-1"));
        await loop.UntilAsync(() => EveryLoopTold(loop, 24));
        loop.Store.Before = null;
        Assert.Equal(RoutingStatus.Recorded, (await loop.RouteAsync("r-1", 0.1)).Status);
        await loop.UntilAsync(() => EveryLoopTold(loop, 25));
        await loop.DecideAsync("r-1", new Verdict.Approved());
        await loop.UntilSettledAsync("r-1");
    }

    [Fact]
    public async Task A_store_that_goes_down_for_a_while_is_told_once_by_each_loop_and_all_goes_on_afterwards()
    {
        await using var loop = new TestLoop();
        await loop.StartAsync();
        await loop.RouteAsync("r-1", 0.1);
        loop.Store.Before = _ => FaultyStore.Down;
        await loop.UntilAsync(() => EveryLoopTold(loop, 24));
        loop.Store.Before = null;
        await loop.UntilAsync(() => EveryLoopTold(loop, 25));

        await loop.DecideAsync("r-1", new Verdict.Approved());
        await loop.UntilSettledAsync("r-1");

        Assert.Equal(3, loop.Log.Lines.Count(line => line.Id.Id == 24));
    }

    /// <summary>The dispatcher, the sweeper and the evidence writer: one may have told before the other has looked.</summary>
    private static bool EveryLoopTold(TestLoop loop, int id) => loop.Log.Lines.Where(line => line.Id.Id == id).DistinctBy(line => line.Category).Count() == 3;

    [Fact]
    public async Task A_store_of_another_environment_stops_the_host_unless_it_is_allowed()
    {
        await using var production = new TestLoop(settings: TestLoop.Settings(("/Environment", "Production")));
        await production.StartAsync();
        await using var test = new TestLoop(settings: TestLoop.Settings(("/Environment", "Test")), sharedWith: production);
        await using var allowed = new TestLoop(settings: TestLoop.Settings(("/Environment", "Test"), ("/AllowOtherEnvironment", "true")), sharedWith: production);

        var refused = await Assert.ThrowsAsync<StoreMismatchException>(test.StartAsync);

        Assert.Contains("'Production'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'Test'", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreMismatchException>(async () => await test.RouteAsync("r-1"));
        Assert.Single(await test.JournalAsync());
        await allowed.StartAsync();
    }

    [Fact]
    public async Task An_audit_key_other_than_the_one_the_store_was_used_with_is_refused()
    {
        await using var first = new TestLoop();
        await first.RouteAsync("r-0");
        await using var same = new TestLoop(sharedWith: first);
        await using var other = new TestLoop(settings: TestLoop.Settings(("/AuditKey", OtherKey)), sharedWith: first);
        await using var none = new TestLoop(settings: TestLoop.Settings(("/AuditKey", null)), sharedWith: first);

        await same.RouteAsync("r-1");
        foreach (var refused in new[] { other, none })
        {
            var mismatch = await Assert.ThrowsAsync<StoreMismatchException>(async () => await refused.RouteAsync("r-2"));
            Assert.DoesNotContain(TestLoop.AuditKey, mismatch.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(OtherKey, mismatch.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_configured_key_is_not_kept_in_the_store_and_a_random_one_that_is_there_is_not_replaced()
    {
        await using var configured = new TestLoop();
        await configured.RouteAsync("r-0");
        var kept = (await ((HumanLoop.Journaling.IWorkflowState)configured.Store).ReadAsync("", "audit-key"))!.Value;
        Assert.DoesNotContain(TestLoop.AuditKey, kept, StringComparison.Ordinal);

        await using var random = new TestLoop(settings: TestLoop.Settings(("/AuditKey", null)));
        await random.RouteAsync("r-0");
        await using var late = new TestLoop(sharedWith: random);
        await Assert.ThrowsAsync<StoreMismatchException>(async () => await late.RouteAsync("r-1"));
    }

    [Fact]
    public async Task The_start_says_what_is_in_force_and_that_nobody_will_be_told()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Threshold:NeverBelow", "0.97")));
        await loop.StartAsync();

        var ready = Assert.Single(loop.Log.Lines, line => line.Id.Id == 1);
        Assert.Contains("ops-lead@example.com", ready.Text, StringComparison.Ordinal);
        Assert.Contains("0.97", ready.Text, StringComparison.Ordinal);
        Assert.Contains(loop.Log.Lines, line => line.Id.Id == 2 && line.Level == LogLevel.Warning);

        await using var learning = new TestLoop(settings: TestLoop.Settings(("Threshold:Policy", null), ("Threshold:Value", null), ("Threshold:MaxErrorRate", "0.05")));
        await learning.StartAsync();
        Assert.Contains("reviewing everything", Assert.Single(learning.Log.Lines, line => line.Id.Id == 1).Text, StringComparison.Ordinal);
        Assert.Contains("at most 5 % wrong, 95 % sure", Assert.Single(learning.Log.Lines, line => line.Id.Id == 1).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_first_callers_start_it_once()
    {
        await using var loop = new TestLoop();
        loop.Store.Hold = async request => await Task.Delay(1);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => loop.RouteAsync($"r-{i}").AsTask())));

        Assert.Single(loop.Log.Ids, id => id == 1);
    }
}
