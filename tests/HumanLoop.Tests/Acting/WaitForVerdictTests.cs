using System.Text.Json;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Acting;

public class WaitForVerdictTests
{
    [Fact]
    public async Task What_goes_straight_through_is_resolved_at_once()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-1");

        var resolution = await loop.Router.WaitForVerdictAsync("r-1");

        Assert.Equal((null, Effect.Act, "refund/r-1/act"), (resolution.Verdict, resolution.Effect, resolution.IdempotencyKey));
    }

    [Fact]
    public async Task A_review_is_resolved_by_its_verdict_without_waiting_for_the_next_look()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-1", 0.1);
        var waiting = loop.Router.WaitForVerdictAsync("r-1");
        Assert.False(waiting.IsCompleted);

        await loop.DecideAsync("r-1", new Verdict.Corrected(JsonSerializer.SerializeToElement(new Refund("Ada", 7), JsonSerializerOptions.Web)) { Comment = "too much" });

        var resolution = await waiting;
        Assert.Equal((7m, 20m, "too much"), (resolution.Proposal.Amount, resolution.Decision.Proposal.Amount, resolution.Verdict!.Comment));
    }

    [Fact]
    public async Task A_rejection_is_a_resolution_too()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-1", 0.1);
        await loop.DecideAsync("r-1", new Verdict.Rejected { Reason = "duplicate" });

        var resolution = await loop.Router.WaitForVerdictAsync("r-1");

        Assert.Equal((Effect.Decline, "duplicate"), (resolution.Effect, resolution.Verdict!.Reason));
    }

    [Fact]
    public async Task A_verdict_in_another_process_is_seen_at_the_next_look_and_so_is_one_after_a_restart_of_the_waiter()
    {
        await using var here = new TestLoop();
        await using var there = new TestLoop(sharedWith: here);
        await here.RouteAsync("r-1", 0.1);
        var waiting = here.Router.WaitForVerdictAsync("r-1");

        await there.DecideAsync("r-1", new Verdict.Approved());

        await here.UntilAsync(() => waiting.IsCompleted);
        Assert.IsType<Verdict.Approved>((await waiting).Verdict);
        await using var restarted = new TestLoop(sharedWith: here);
        Assert.IsType<Verdict.Approved>((await restarted.Router.WaitForVerdictAsync("r-1")).Verdict);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_verdict_stands_only_after_its_undo_window()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:UndoWindow", "00:01:00")));
        await loop.StartAsync();
        await loop.RouteAsync("r-1", 0.1);
        var waiting = loop.Router.WaitForVerdictAsync("r-1");
        var decided = await loop.DecideAsync("r-1", new Verdict.Rejected());
        await loop.Desk.UndoAsync(TestLoop.Review("r-1"), decided.Review!.Revision, "ana");
        await loop.DecideAsync("r-1", new Verdict.Approved());
        var given = loop.Clock.GetUtcNow();
        Assert.False(waiting.IsCompleted);

        await loop.UntilAsync(() => waiting.IsCompleted);

        Assert.IsType<Verdict.Approved>((await waiting).Verdict);
        Assert.True(loop.Clock.GetUtcNow() - given >= TimeSpan.FromMinutes(1));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_rejection_that_can_still_be_undone_is_waited_for_and_is_no_expiry()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:UndoWindow", "00:01:00")));
        await loop.StartAsync();
        await loop.RouteAsync("r-1", 0.1);
        await loop.DecideAsync("r-1", new Verdict.Rejected());

        var waiting = loop.Router.WaitForVerdictAsync("r-1");

        Assert.False(waiting.IsCompleted);
        await loop.UntilAsync(() => waiting.IsCompleted);
        Assert.IsType<Verdict.Rejected>((await waiting).Verdict);
    }

    [Fact]
    public async Task An_unknown_decision_a_withdrawn_an_expired_and_an_erased_one_are_told_apart()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:WhenOverdue", "Expire")));
        await loop.StartAsync();
        await loop.RouteAsync("expired", 0.1);
        await loop.UntilAsync(async () => (await loop.ItemAsync("expired")).State == DecisionState.Settled, TimeSpan.FromMinutes(1));
        await loop.RouteAsync("withdrawn", 0.1);
        await loop.Router.WithdrawAsync("withdrawn", "changed my mind");
        await loop.RouteAsync("erased");
        await loop.Control.EraseAsync(TestLoop.Review("erased"), "privacy");

        Assert.Contains("not known", await WhyAsync("unknown"), StringComparison.Ordinal);
        Assert.Contains("withdrawn", await WhyAsync("withdrawn"), StringComparison.Ordinal);
        Assert.Contains("expired", await WhyAsync("expired"), StringComparison.Ordinal);
        Assert.Contains("erased", await WhyAsync("erased"), StringComparison.Ordinal);

        async Task<string> WhyAsync(string id)
        {
            var exception = await Assert.ThrowsAsync<DecisionNotResolvedException>(() => loop.Router.WaitForVerdictAsync(id));
            Assert.Equal((TestLoop.Name, id), (exception.Workflow, exception.DecisionId.Value));
            return exception.Message;
        }
    }

    [Fact]
    public async Task A_withdrawal_ends_the_waiting_at_once_even_after_a_verdict()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:UndoWindow", "00:01:00")));
        await loop.RouteAsync("r-1", 0.1);
        var waiting = loop.Router.WaitForVerdictAsync("r-1");
        await loop.DecideAsync("r-1", new Verdict.Approved());

        Assert.Equal(WithdrawResult.Withdrawn, await loop.Router.WithdrawAsync("r-1", "no longer wanted"));

        await Assert.ThrowsAsync<DecisionNotResolvedException>(() => waiting);
    }

    [Fact]
    public async Task An_act_that_ended_unknown_waits_for_the_person_who_decides()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Idempotent", "false")));
        loop.Handler.Throws(_ => true);
        await loop.RouteAsync("r-1");
        var waiting = loop.Router.WaitForVerdictAsync("r-1");
        Assert.False(waiting.IsCompleted);

        await loop.DecideAsync("r-1", new Verdict.Rejected());

        Assert.IsType<Verdict.Rejected>((await waiting).Verdict);
    }

    [Fact]
    public async Task Cancelling_one_waiter_ends_its_waiting_and_takes_no_signal_from_the_others()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-1", 0.1);
        using var impatience = new CancellationTokenSource();
        var impatient = loop.Router.WaitForVerdictAsync("r-1", impatience.Token);
        var patient = loop.Router.WaitForVerdictAsync("r-1");

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await loop.DecideAsync("r-1", new Verdict.Approved());

        // The clock stands still: only the signal can wake it.
        Assert.IsType<Verdict.Approved>((await patient).Verdict);
    }

    [Fact]
    public async Task A_thousand_waiters_hold_nothing_and_all_are_woken()
    {
        await using var loop = new TestLoop();
        var waiting = new List<Task<Resolution<Refund>>>();
        for (var i = 0; i < 1000; i++)
        {
            await loop.RouteAsync($"r-{i}", 0.1);
            waiting.Add(loop.Router.WaitForVerdictAsync($"r-{i}"));
        }

        for (var i = 0; i < 1000; i++)
        {
            await loop.DecideAsync($"r-{i}", new Verdict.Approved());
        }

        var resolutions = await Task.WhenAll(waiting);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"r-{i}"), resolutions.Select(resolution => resolution.Decision.Id.Value));
    }
}
