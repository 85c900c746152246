using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Acting;

public class WithdrawTests
{
    public static TheoryData<DecisionState, WithdrawResult> States => new()
    {
        { DecisionState.Pending, WithdrawResult.Withdrawn },
        { DecisionState.Claimed, WithdrawResult.Withdrawn },
        { DecisionState.Decided, WithdrawResult.Withdrawn },
        { DecisionState.ActDue, WithdrawResult.Withdrawn },
        { DecisionState.Acting, WithdrawResult.AlreadyActed },
        { DecisionState.Settled, WithdrawResult.AlreadyActed },
        { DecisionState.DeadLetter, WithdrawResult.AlreadyActed },
        { DecisionState.Withdrawn, WithdrawResult.Withdrawn },
    };

    [Theory]
    [MemberData(nameof(States))]
    public async Task A_decision_can_be_withdrawn_until_an_effect_begins(DecisionState state, WithdrawResult expected)
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Retries", "0"), ("Review:UndoWindow", state == DecisionState.Decided ? "00:01:00" : "00:00:00")));
        await BringToAsync(loop, state);
        Assert.Equal(state, (await loop.ItemAsync("r-1")).State);

        Assert.Equal(expected, await loop.Router.WithdrawAsync("r-1", "the order was cancelled"));

        var after = await loop.ItemAsync("r-1");
        Assert.Equal(expected == WithdrawResult.Withdrawn ? DecisionState.Withdrawn : state, after.State);
        if (expected == WithdrawResult.Withdrawn)
        {
            Assert.Equal("the order was cancelled", Assert.Single((await loop.JournalAsync("r-1")).OfType<DecisionWithdrawn>()).Reason);
            Assert.Empty(loop.Handler.Calls);
        }
    }

    [Fact]
    public async Task What_was_never_routed_cannot_be_withdrawn()
    {
        await using var loop = new TestLoop();

        Assert.Equal(WithdrawResult.UnknownDecision, await loop.Router.WithdrawAsync("r-1", "x"));
    }

    [Fact]
    public async Task An_act_that_failed_once_may_have_had_its_effect_and_cannot_be_withdrawn()
    {
        await using var loop = new TestLoop();
        loop.Handler.Throws(_ => true);
        await loop.RouteAsync("r-1");
        Assert.Equal(DecisionState.ActDue, (await loop.ItemAsync("r-1")).State);

        Assert.Equal(WithdrawResult.AlreadyActed, await loop.Router.WithdrawAsync("r-1", "x"));
    }

    [Fact]
    public async Task A_check_of_an_act_cannot_be_withdrawn()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Threshold:AuditBudget", "1")));
        await loop.RouteAsync("r-1");
        Assert.Equal(DecisionState.Pending, (await loop.ItemAsync("r-1")).State);

        Assert.Equal(WithdrawResult.AlreadyActed, await loop.Router.WithdrawAsync("r-1", "x"));
    }

    [Fact]
    public async Task A_verdict_on_withdrawn_work_comes_too_late_and_says_so()
    {
        await using var loop = new TestLoop();
        await loop.StartAsync();
        await loop.RouteAsync("r-1", 0.1);
        var review = Assert.Single(await loop.Desk.ClaimAsync(new(), "ana"));
        await loop.Router.WithdrawAsync("r-1", "x");

        var late = await loop.Desk.DecideAsync(review.Id, review.Revision, new Verdict.Approved(), "ana");

        Assert.Equal((TransitionStatus.Closed, DecisionState.Withdrawn), (late.Status, late.Review!.State));
        Assert.Empty(loop.Handler.Calls);
    }

    private static async Task BringToAsync(TestLoop loop, DecisionState state)
    {
        switch (state)
        {
            case DecisionState.Acting:
                loop.Store.Before = request => request is CompleteEffect ? new InvalidOperationException() : null;
                await loop.RouteAsync("r-1");
                loop.Store.Before = null;
                return;
            case DecisionState.Settled:
                await loop.RouteAsync("r-1");
                return;
            case DecisionState.DeadLetter:
                loop.Handler.Throws(_ => true);
                await loop.RouteAsync("r-1");
                return;
        }

        await loop.RouteAsync("r-1", 0.1);
        switch (state)
        {
            case DecisionState.Claimed:
                await loop.Desk.ClaimAsync(new(), "ana");
                break;
            case DecisionState.Decided or DecisionState.ActDue:
                await loop.DecideAsync("r-1", new Verdict.Approved());
                break;
            case DecisionState.Withdrawn:
                await loop.Router.WithdrawAsync("r-1", "the order was cancelled");
                break;
        }
    }
}
