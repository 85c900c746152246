using HumanLoop.Journaling;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Routing;

public class StopSwitchTests
{
    [Fact]
    public async Task Shadow_records_and_reviews_and_never_acts_whatever_the_verdict()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Mode", "Shadow")));
        await loop.StartAsync();
        foreach (var id in new[] { "approved", "rejected", "expired" })
        {
            var receipt = await loop.RouteAsync(id, 1);
            Assert.Equal((RouteKind.Review, RouteReasons.Shadow), (receipt.Route.Kind, receipt.Route.Reason));
            var routed = (await loop.ItemAsync(id)).Routed;
            Assert.Equal((true, true, ReviewProbability.Always), (routed.Shadow, routed.Eligible, routed.ReviewProbability));
        }

        await loop.DecideAsync("approved", new Verdict.Approved());
        await loop.DecideAsync("rejected", new Verdict.Rejected());
        await loop.UntilSettledAsync("approved");
        await loop.UntilSettledAsync("rejected");

        Assert.Equal((true, false), ((await loop.ItemAsync("approved")).WasRight, (await loop.ItemAsync("rejected")).WasRight));
        Assert.Empty(loop.Handler.Calls);
    }

    [Fact]
    public async Task Shadow_work_does_not_act_after_the_mode_was_changed_to_live()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Mode", "Shadow")));
        await loop.StartAsync();
        await loop.RouteAsync("old", 1);
        loop.Configuration[TestLoop.PathOf("Mode")] = "Live";
        loop.Configuration.Reload();

        await loop.DecideAsync("old", new Verdict.Approved());
        await loop.UntilSettledAsync("old");
        Assert.Empty(loop.Handler.Calls);
        Assert.Equal(RouteKind.StraightThrough, (await loop.RouteAsync("new", 1)).Route.Kind);
    }

    [Fact]
    public async Task A_paused_workflow_sends_everything_to_a_person_eligible_and_with_certainty()
    {
        await using var loop = new TestLoop();
        await loop.Control.PauseAsync(TestLoop.Name, "ops-lead", "bank holiday");
        Assert.True(loop.Control.IsPaused(TestLoop.Name));

        var receipt = await loop.RouteAsync("r-1", 1);

        Assert.Equal((RouteKind.Review, RouteReasons.Paused), (receipt.Route.Kind, receipt.Route.Reason));
        var routed = (await loop.ItemAsync("r-1")).Routed;
        Assert.Equal((true, 1.0, 1.0), (routed.Eligible, routed.ReviewProbability.Value, routed.LowestProbability.Value));
        Assert.Empty(loop.Handler.Calls);

        await loop.Control.ResumeAsync(TestLoop.Name, "ops-lead");
        Assert.Equal(RouteKind.StraightThrough, (await loop.RouteAsync("r-2", 1)).Route.Kind);
        var said = await loop.JournalAsync();
        Assert.Equal(("ops-lead", "bank holiday"), said.OfType<WorkflowPaused>().Select(entry => (entry.Actor, entry.Reason)).Single());
        Assert.Single(said.OfType<WorkflowResumed>());
    }

    [Fact]
    public async Task Another_process_follows_a_pause_and_a_resumption_within_two_seconds()
    {
        await using var here = new TestLoop();
        await using var there = new TestLoop(sharedWith: here);
        await here.StartAsync();
        await there.StartAsync();
        var begin = here.Clock.GetUtcNow();

        await here.Control.PauseAsync(TestLoop.Name, "ops-lead", "fire");
        await there.UntilAsync(() => there.Control.IsPaused(TestLoop.Name));
        Assert.True(here.Clock.GetUtcNow() - begin <= TimeSpan.FromSeconds(2));

        begin = here.Clock.GetUtcNow();
        await there.Control.ResumeAsync(TestLoop.Name, "ops-lead");
        await here.UntilAsync(() => !here.Control.IsPaused(TestLoop.Name));
        Assert.True(here.Clock.GetUtcNow() - begin <= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_pause_survives_a_restart()
    {
        await using var before = new TestLoop();
        await before.Control.PauseAsync(TestLoop.Name, "ops-lead", "fire");
        await using var after = new TestLoop(sharedWith: before);

        Assert.Equal(RouteReasons.Paused, (await after.RouteAsync("r-1", 1)).Route.Reason);
    }

    [Fact]
    public async Task The_local_stop_switch_works_while_the_store_is_down_and_for_this_process_alone()
    {
        await using var here = new TestLoop();
        await using var there = new TestLoop(sharedWith: here);
        here.Store.Before = _ => FaultyStore.Down;

        here.Control.StopLocally(TestLoop.Name);

        Assert.True(here.Control.IsPaused(TestLoop.Name));
        here.Store.Before = null;
        Assert.Equal(RouteReasons.Paused, (await here.RouteAsync("r-1", 1)).Route.Reason);
        Assert.Equal(RouteKind.StraightThrough, (await there.RouteAsync("r-2", 1)).Route.Kind);
        here.Control.StartLocally(TestLoop.Name);
        Assert.Equal(RouteKind.StraightThrough, (await here.RouteAsync("r-3", 1)).Route.Kind);
    }

    [Fact]
    public async Task A_pause_holds_here_even_if_the_store_could_not_be_told()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-0");
        loop.Store.Before = _ => FaultyStore.Down;

        await Assert.ThrowsAsync<StoreException>(() => loop.Control.PauseAsync(TestLoop.Name, "ops-lead", "fire"));

        Assert.True(loop.Control.IsPaused(TestLoop.Name));
    }

    [Fact]
    public async Task A_look_at_the_store_that_began_before_a_pause_does_not_undo_it()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-0");
        var switches = loop.Services.GetService(typeof(HumanLoop.Hosting.WorkflowSwitch)) as HumanLoop.Hosting.WorkflowSwitch;
        var (looking, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var stale = true;
        loop.Store.AfterRead = async name =>
        {
            if (name == "pause" && stale)
            {
                stale = false;
                looking.SetResult();
                await goOn.Task;
            }
        };

        var look = switches!.RefreshAsync(CancellationToken.None);
        await looking.Task;
        await loop.Control.PauseAsync(TestLoop.Name, "ops-lead", "fire");
        goOn.SetResult();
        await look;

        Assert.Equal(RouteReasons.Paused, (await loop.RouteAsync("r-1", 1)).Route.Reason);
    }

    [Fact]
    public async Task Beyond_MaxPending_work_that_needs_a_person_is_refused_and_nothing_is_recorded()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:MaxPending", "2")));
        await loop.RouteAsync("r-1", 0.1);
        await loop.RouteAsync("r-2", 0.1);

        var refused = await loop.RouteAsync("r-3", 0.1);

        Assert.Equal((RoutingStatus.Refused, RouteKind.Review), (refused.Status, refused.Route.Kind));
        Assert.Empty(await loop.JournalAsync("r-3"));
        Assert.Contains(13, loop.Log.Ids);
        Assert.Equal(RoutingStatus.Recorded, (await loop.RouteAsync("sure", 1)).Status);
        Assert.Equal(RoutingStatus.AlreadyRecorded, (await loop.RouteAsync("r-1", 0.1)).Status);

        await loop.DecideAsync("r-1", new Verdict.Approved());
        Assert.Equal(RoutingStatus.Recorded, (await loop.RouteAsync("r-3", 0.1)).Status);
    }

    [Fact]
    public async Task A_full_queue_refuses_audited_decisions_too_rather_than_letting_them_act_unseen()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:MaxPending", "1"), ("Threshold:AuditBudget", "1")));
        Assert.Equal(RouteKind.Audit, (await loop.RouteAsync("r-1", 1)).Route.Kind);

        var refused = await loop.RouteAsync("r-2", 1);

        Assert.Equal(RoutingStatus.Refused, refused.Status);
        Assert.Equal(["refund/r-1/act"], loop.Handler.Keys);
    }
}
