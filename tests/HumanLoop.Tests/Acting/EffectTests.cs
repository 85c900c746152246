using System.Text.Json;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Acting;

public class EffectTests
{
    public static TheoryData<Verdict, string> BeforeTheAct => new()
    {
        { new Verdict.Approved(), "act" },
        { Corrected(15), "act" },
        { Corrected(15) with { WordingOnly = true }, "act" },
        { new Verdict.Rejected(), "decline" },
        { new Verdict.Rejected { ProposalWasRight = true }, "decline" },
    };

    /// <summary>What a check of a straight-through act leads to; none for "it was right".</summary>
    public static TheoryData<Verdict, bool> AfterTheAct => new()
    {
        { new Verdict.Approved(), false },
        { Corrected(15), true },
        { Corrected(20), false },
        { Corrected(15) with { WordingOnly = true }, false },
        { new Verdict.Rejected(), true },
        { new Verdict.Rejected { ProposalWasRight = true }, false },
        { new Verdict.Rejected { Reason = "customer_withdrew" }, false },
    };

    [Theory]
    [MemberData(nameof(BeforeTheAct))]
    public async Task A_verdict_leads_to_its_effect_under_the_effects_key(Verdict verdict, string effect)
    {
        await using var loop = new TestLoop();
        await loop.StartAsync();
        await loop.RouteAsync("r-1", 0.1);

        await loop.DecideAsync("r-1", verdict);
        await loop.UntilSettledAsync("r-1");

        var call = Assert.Single(loop.Handler.Calls);
        Assert.Equal($"refund/r-1/{effect}", call.IdempotencyKey);
        Assert.Equal((1, 20m, verdict is Verdict.Corrected ? 15m : 20m), (call.Attempt, call.Decision.Proposal.Amount, call.Proposal.Amount));
        Assert.Equal((verdict.GetType(), "ana"), (call.Verdict!.GetType(), call.Verdict.Reviewer));
    }

    [Theory]
    [MemberData(nameof(AfterTheAct))]
    public async Task A_check_that_finds_an_act_wrong_is_made_good_and_one_that_finds_it_right_is_not(Verdict verdict, bool compensates)
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Threshold:AuditBudget", "1"), ("Review:ReasonsProposalWasRight:0", "customer_withdrew")));
        await loop.StartAsync();
        await loop.RouteAsync("r-1");

        await loop.DecideAsync("r-1", verdict);
        await loop.UntilSettledAsync("r-1");

        Assert.Equal(compensates ? ["refund/r-1/act", "refund/r-1/compensate"] : ["refund/r-1/act"], loop.Handler.Keys);
        Assert.Equal(!compensates, (await loop.ItemAsync("r-1")).WasRight);
        if (compensates)
        {
            Assert.Equal((1, verdict.GetType()), (loop.Handler.Calls[1].Attempt, loop.Handler.Calls[1].Verdict!.GetType()));
        }
    }

    [Fact]
    public async Task The_resolution_gives_the_handler_the_decision_as_it_was_routed()
    {
        await using var loop = new TestLoop();
        var decision = TestLoop.Decision("r-1") with
        {
            Fields = new Dictionary<string, Confidence> { ["total"] = 0.99 },
            Segment = "small",
            Model = "m1",
            Briefing = "a story",
            Link = new Uri("https://example.com/1"),
            Subject = "ada",
        };

        await loop.Router.RouteAsync(decision);

        var call = Assert.Single(loop.Handler.Calls);
        Assert.Equal(decision with { Fields = null }, call.Decision with { Fields = null });
        Assert.Equal(decision.Fields, call.Decision.Fields);
        Assert.Equal((decision.Proposal, null), (call.Proposal, call.Verdict));
    }

    [Fact]
    public async Task An_unanswered_review_of_a_workflow_that_expires_is_declined_without_a_verdict()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:WhenOverdue", "Expire"), ("Review:Deadline", "01:00:00")));
        await loop.StartAsync();
        await loop.RouteAsync("r-1", 0.1);

        await loop.UntilAsync(async () => (await loop.ItemAsync("r-1")).State == DecisionState.Settled, TimeSpan.FromMinutes(1));

        var call = Assert.Single(loop.Handler.Calls);
        Assert.Equal(("refund/r-1/decline", null), (call.IdempotencyKey, call.Verdict));
        Assert.Null((await loop.ItemAsync("r-1")).WasRight);
    }

    [Fact]
    public async Task A_check_of_an_act_never_expires()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:WhenOverdue", "Expire"), ("Review:Deadline", "01:00:00"), ("Threshold:AuditBudget", "1")));
        await loop.StartAsync();
        await loop.RouteAsync("r-1");

        await loop.UntilAsync(async () => (await loop.ItemAsync("r-1")).IsOverdue, TimeSpan.FromMinutes(1));

        Assert.Equal(DecisionState.Pending, (await loop.ItemAsync("r-1")).State);
        Assert.Equal(["refund/r-1/act"], loop.Handler.Keys);
    }

    [Fact]
    public async Task A_check_is_not_claimable_before_the_act_has_taken_place()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Threshold:AuditBudget", "1")));
        loop.Handler.Throws(call => call.Attempt == 1);
        await loop.RouteAsync("r-1");
        Assert.Empty(await loop.Desk.ClaimAsync(new(), "early"));

        await loop.StartAsync();
        await loop.UntilAsync("r-1", DecisionState.Pending);

        Assert.True(Assert.Single(await loop.Desk.ClaimAsync(new(), "ana")).IsAudit);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_verdict_can_be_undone_within_its_window_and_not_after_and_acts_only_then()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:UndoWindow", "00:01:00")));
        await loop.StartAsync();
        await loop.RouteAsync("r-1", 0.1);
        var decided = await loop.DecideAsync("r-1", new Verdict.Rejected());
        Assert.Equal(DecisionState.Decided, decided.Review!.State);

        var undone = await loop.Desk.UndoAsync(TestLoop.Review("r-1"), decided.Review.Revision, "ana");
        Assert.Equal((TransitionStatus.Applied, DecisionState.Pending), (undone.Status, undone.Review!.State));
        Assert.Null((await loop.ItemAsync("r-1")).WasRight);

        var again = await loop.DecideAsync("r-1", new Verdict.Approved());
        await loop.UntilSettledAsync("r-1");
        Assert.Equal(["refund/r-1/act"], loop.Handler.Keys);
        Assert.False((await loop.Desk.UndoAsync(TestLoop.Review("r-1"), again.Review!.Revision, "ana")).IsApplied);
    }

    [Fact]
    public async Task Without_a_handler_the_library_only_records_and_the_caller_acts()
    {
        await using var loop = new TestLoop(handled: false);
        await loop.StartAsync();

        Assert.Equal(RouteKind.StraightThrough, (await loop.RouteAsync("sure")).Route.Kind);
        await loop.RouteAsync("unsure", 0.1);
        await loop.DecideAsync("unsure", new Verdict.Approved());

        await loop.UntilSettledAsync("sure");
        await loop.UntilSettledAsync("unsure");
        Assert.True((await loop.ItemAsync("sure")).HasActed);
    }

    private static Verdict.Corrected Corrected(decimal amount) => new(JsonSerializer.SerializeToElement(new Refund("Ada", amount), JsonSerializerOptions.Web));
}
