using HumanLoop.Hosting;
using HumanLoop.Journaling;
using HumanLoop.Notifying;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Tests.Reviewing;

/// <summary>Who gets a review, and what becomes of it when people pass it on, cannot keep up, or a newer decision comes.</summary>
public sealed class PassingOnTests
{
    [Fact]
    public async Task A_review_is_offered_to_those_who_have_every_skill_it_requires()
    {
        await using var loop = new TestLoop();
        await loop.Router.RouteAsync(TestLoop.Decision("s-1", 0.1) with { Requires = ["german", "fraud", "german"] });
        Assert.Equal(["fraud", "german"], (await loop.Desk.GetAsync(TestLoop.Review("s-1")))!.Requires);
        Assert.Empty(await loop.Desk.ClaimAsync(new(), "ana"));
        Assert.Empty(await loop.Desk.ClaimAsync(new() { Skills = ["german"] }, "ana"));
        Assert.Single(await loop.Desk.ClaimAsync(new() { Skills = ["vip", "german", "fraud"] }, "ana"));
    }

    [Fact]
    public async Task Assigning_overrides_skills()
    {
        await using var loop = new TestLoop();
        await loop.Router.RouteAsync(TestLoop.Decision("s-1", 0.1) with { Requires = ["german"] });
        await loop.Desk.AssignAsync(TestLoop.Review("s-1"), "bob", "lead");
        await loop.Desk.AssignAsync(TestLoop.Review("s-1"), "eve", "lead");
        Assert.Empty(await loop.Desk.ClaimAsync(new() { Skills = ["german"] }, "bob"));
        Assert.Single(await loop.Desk.ClaimAsync(new(), "eve"));
    }

    [Fact]
    public async Task A_review_that_is_picked_asks_for_no_skills_and_for_no_second_vote()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:Reviewers", "2")));
        await loop.Router.RouteAsync(TestLoop.Decision("s-1", 0.1) with { Requires = ["german"] });
        var taken = await loop.Desk.TakeAsync(TestLoop.Review("s-1"), "bob");
        Assert.True(taken.IsApplied);
        await loop.Desk.DecideAsync(taken.Review!.Id, taken.Review.Revision, new Verdict.Approved(), "bob");
        Assert.Equal(TransitionStatus.NotAllowed, (await loop.Desk.TakeAsync(TestLoop.Review("s-1"), "bob")).Status);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_skill_is_a_code(string? skill)
    {
        await using var loop = new TestLoop();
        var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await loop.Router.RouteAsync(TestLoop.Decision("s-1") with { Requires = [skill!] }));
        Assert.Contains("Workflow 'refund': Requires has", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Escalating_to_the_one_who_has_it_is_a_reminder()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("e-1", 0.1);
        var held = Assert.Single(await loop.Desk.ClaimAsync(new(), "ops-lead@example.com"));
        loop.Clock.Advance(TimeSpan.FromMinutes(5));
        var reminded = await loop.Desk.EscalateAsync(held.Id, held.Revision, "ops-lead@example.com");
        Assert.True(reminded.IsApplied);
        Assert.Equal((DecisionState.Claimed, held.Revision), (reminded.Review!.State, reminded.Review.Revision));
        Assert.Equal(loop.Clock.GetUtcNow().AddHours(4), reminded.Review.Due);
        Assert.Equal(0, (await loop.ItemAsync("e-1")).EscalationLevel);
        Assert.Single((await loop.JournalAsync("e-1")).OfType<ReviewReminded>());
        Assert.True((await loop.Desk.DecideAsync(held.Id, held.Revision, new Verdict.Approved(), "ops-lead@example.com")).IsApplied);
    }

    [Fact]
    public async Task What_was_assigned_and_not_answered_passes_up_the_line_in_turn()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:EscalateTo:0", "lead"), ("Review:Deadline", "01:00:00")));
        await loop.RouteAsync("e-1", 0.1);
        await loop.Desk.AssignAsync(TestLoop.Review("e-1"), "ana", "lead");
        var sweeper = loop.Services.GetRequiredService<Heartbeat>();
        var assigned = new List<string?>();
        for (var hour = 0; hour < 4; hour++)
        {
            loop.Clock.Advance(TimeSpan.FromHours(1));
            await sweeper.SweepAsync(CancellationToken.None);
            assigned.Add((await loop.ItemAsync("e-1")).AssignedTo);
        }

        Assert.Equal(["lead", "ops-lead@example.com", "ops-lead@example.com", "ops-lead@example.com"], assigned);
    }

    [Fact]
    public async Task Notes_are_kept_in_order_also_after_the_end_and_erased_with_the_data()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("n-1", 0.1);
        var id = TestLoop.Review("n-1");
        var claimed = Assert.Single(await loop.Desk.ClaimAsync(new(), "ana"));
        await loop.Desk.AddNoteAsync(id, "She called twice.", "bob");
        Assert.True((await loop.Desk.DecideAsync(id, claimed.Revision, new Verdict.Rejected(), "ana")).IsApplied);
        await loop.StartAsync();
        await loop.UntilSettledAsync("n-1");
        var noted = (await loop.Desk.AddNoteAsync(id, "Settled by phone.", "ana")).Review!;
        Assert.Equal([("bob", "She called twice."), ("ana", "Settled by phone.")], noted.Notes.Select(note => (note.By, note.Text)));

        await loop.Control.EraseAsync(id, "privacy");
        Assert.Empty((await loop.Desk.GetAsync(id))!.Notes);
        Assert.Equal(TransitionStatus.Closed, (await loop.Desk.AddNoteAsync(id, "late", "ana")).Status);
        await Assert.ThrowsAsync<ArgumentException>(() => loop.Desk.AddNoteAsync(id, new string('x', 4001), "ana"));
        await Assert.ThrowsAsync<ArgumentException>(() => loop.Desk.AddNoteAsync(id, " ", "ana"));
    }

    [Fact]
    public async Task A_superseded_decision_is_withdrawn_and_a_late_verdict_is_told_what_took_its_place()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("c-7/v1", 0.1);
        var claimed = Assert.Single(await loop.Desk.ClaimAsync(new(), "ana"));
        var receipt = await loop.Router.RouteAsync(TestLoop.Decision("c-7/v2", 0.95) with { Supersedes = "c-7/v1" });
        Assert.Equal(RouteKind.StraightThrough, receipt.Route.Kind);

        var late = await loop.Desk.DecideAsync(claimed.Id, claimed.Revision, new Verdict.Approved(), "ana");
        Assert.Equal((TransitionStatus.Superseded, (DecisionId)"c-7/v2"), (late.Status, late.Review!.SupersededBy));
        Assert.Equal("c-7/v1", (await loop.Desk.GetAsync(TestLoop.Review("c-7/v2")))!.Supersedes);
        Assert.Equal(["refund/c-7/v2/act"], loop.Handler.Keys);
        Assert.Equal(RoutingStatus.AlreadyRecorded, (await loop.Router.RouteAsync(TestLoop.Decision("c-7/v2", 0.95) with { Supersedes = "c-7/v1" })).Status);
    }

    [Theory]
    [InlineData(0.95, "supersedes_acted")]
    [InlineData(null, "at_or_above_threshold")]
    public async Task What_would_supersede_an_act_goes_to_a_person(double? before, string reason)
    {
        await using var loop = new TestLoop();
        if (before is not null)
        {
            await loop.RouteAsync("c-7/v1", before);
        }

        var receipt = await loop.Router.RouteAsync(TestLoop.Decision("c-7/v2", 0.95) with { Supersedes = "c-7/v1" });
        Assert.Equal(reason, receipt.Route.Reason);
        Assert.Single(loop.Handler.Calls);
    }

    [Fact]
    public async Task A_rejected_decision_may_be_superseded_and_none_by_itself()
    {
        await using var loop = new TestLoop();
        await loop.StartAsync();
        await loop.RouteAsync("c-7/v1", 0.1);
        await loop.DecideAsync("c-7/v1", new Verdict.Rejected());
        await loop.UntilSettledAsync("c-7/v1");
        Assert.True((await loop.Router.RouteAsync(TestLoop.Decision("c-7/v2", 0.95) with { Supersedes = "c-7/v1" })).Route.ActsAtOnce);
        await Assert.ThrowsAsync<ArgumentException>(async () => await loop.Router.RouteAsync(TestLoop.Decision("x", 0.95) with { Supersedes = "x" }));
    }

    [Fact]
    public async Task What_supersedes_an_open_review_takes_its_place_in_a_full_queue()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:MaxPending", "1")));
        await loop.RouteAsync("c-7/v1", 0.1);
        Assert.Equal(RoutingStatus.Refused, (await loop.RouteAsync("other", 0.1)).Status);
        Assert.Equal(RoutingStatus.Recorded, (await loop.Router.RouteAsync(TestLoop.Decision("c-7/v2", 0.1) with { Supersedes = "c-7/v1" })).Status);
        Assert.Equal(RoutingStatus.Refused, (await loop.RouteAsync("other", 0.1)).Status);
    }

    [Fact]
    public async Task In_one_stream_a_decision_supersedes_one_just_before_it()
    {
        await using var loop = new TestLoop();
        Decision<Refund>[] stream = [TestLoop.Decision("c/v1", 0.1), TestLoop.Decision("other", 0.1), TestLoop.Decision("c/v2", 0.1) with { Supersedes = "c/v1" }, TestLoop.Decision("c/v3", 0.1) with { Supersedes = "c/v2" }];
        var receipts = await loop.Router.RouteManyAsync(stream.ToAsyncEnumerable()).ToListAsync();
        Assert.Equal(stream.Select(decision => decision.Id), receipts.Select(receipt => receipt.DecisionId));
        Assert.Equal(
            [DecisionState.Withdrawn, DecisionState.Withdrawn, DecisionState.Pending],
            new[] { await loop.ItemAsync("c/v1"), await loop.ItemAsync("c/v2"), await loop.ItemAsync("c/v3") }.Select(item => item.State));
    }

    [Fact]
    public async Task When_the_oldest_review_is_too_old_new_work_is_refused_and_the_owner_told_once()
    {
        var notifier = new CollectingNotifier();
        await using var loop = new TestLoop(
            settings: TestLoop.Settings(("Review:MaxAge", "01:00:00"), ("Review:WhenOverdue", "Hold")),
            services: services => services.AddSingleton<IReviewNotifier>(notifier));
        var sweeper = loop.Services.GetRequiredService<Heartbeat>();
        await loop.RouteAsync("a-1", 0.1);
        loop.Clock.Advance(TimeSpan.FromMinutes(61));
        await sweeper.SweepAsync(CancellationToken.None);
        await sweeper.SweepAsync(CancellationToken.None);

        Assert.Equal(RoutingStatus.Refused, (await loop.RouteAsync("a-2", 0.1)).Status);
        Assert.Equal(RoutingStatus.AlreadyRecorded, (await loop.RouteAsync("a-1", 0.1)).Status);
        Assert.Equal(RouteKind.StraightThrough, (await loop.RouteAsync("a-3", 0.95)).Route.Kind);
        Assert.Equal("ops-lead@example.com", Assert.Single(notifier.Told, one => one.Kind == NotificationKind.PeopleBehind).Recipient);

        await loop.DecideAsync("a-1", new Verdict.Rejected());
        await sweeper.SweepAsync(CancellationToken.None);
        Assert.Equal(RoutingStatus.Recorded, (await loop.RouteAsync("a-2", 0.1)).Status);
    }

    [Fact]
    public async Task With_TellOwner_a_full_queue_takes_more_and_the_owner_is_told()
    {
        var notifier = new CollectingNotifier();
        await using var loop = new TestLoop(
            settings: TestLoop.Settings(("Review:MaxPending", "1"), ("Review:WhenFull", "TellOwner")),
            services: services => services.AddSingleton<IReviewNotifier>(notifier));
        await loop.RouteAsync("a-1", 0.1);
        Assert.Equal(RoutingStatus.Recorded, (await loop.RouteAsync("a-2", 0.1)).Status);
        await loop.Services.GetRequiredService<Heartbeat>().SweepAsync(CancellationToken.None);
        Assert.Equal(2, Assert.Single(notifier.Told, one => one.Kind == NotificationKind.PeopleBehind).Count);
    }
}
