using HumanLoop.Journaling;
using HumanLoop.Notifying;
using HumanLoop.Queueing;
using HumanLoop.Tests.Journey;
using Polly;
using Polly.Retry;

namespace HumanLoop.Tests.Acting;

public class RetryTests
{
    private const string Said = "the bank is closed";

    [Fact]
    public async Task An_act_that_keeps_failing_becomes_a_dead_letter_after_its_retries_under_one_key()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Retries", "2")));
        await loop.StartAsync();
        var at = new List<DateTimeOffset>();
        loop.Handler.Does = (_, _) =>
        {
            at.Add(loop.Clock.GetUtcNow());
            throw new InvalidOperationException(Said);
        };

        await loop.RouteAsync("r-1");
        await loop.UntilAsync("r-1", DecisionState.DeadLetter);

        Assert.Equal([1, 2, 3], loop.Handler.Calls.Select(call => call.Attempt));
        Assert.Equal(["refund/r-1/act"], loop.Handler.Keys.Distinct());
        Assert.True(at[2] > at[1], "Between two attempts of the dispatcher there is a pause.");
        Assert.Contains(21, loop.Log.Ids);
    }

    [Fact]
    public async Task A_dead_letter_has_everything_in_it_and_its_text_is_payload_only()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Retries", "0")));
        loop.Handler.Throws(_ => true, Said);
        await loop.Router.RouteAsync(TestLoop.Decision("r-1") with { Briefing = "please look", Segment = "small" });

        var letter = Assert.Single((await loop.Desk.ListAsync(new() { States = [DecisionState.DeadLetter] })).Reviews);

        Assert.Equal((Effect.Act, 1, Said), (letter.Effect, letter.Attempts, letter.LastError));
        Assert.Equal("Ada", letter.Proposal!.Value.GetProperty("customer").GetString());
        Assert.Equal(("please look", "small"), (letter.Briefing, letter.Segment));
        var failed = Assert.Single((await loop.JournalAsync("r-1")).OfType<EffectFailed>());
        Assert.Equal((nameof(InvalidOperationException), 1, null), (failed.Error, failed.Attempts, failed.RetryAt));
        Assert.All(await loop.JournalAsync(), entry => Assert.DoesNotContain(Said, System.Text.Encoding.UTF8.GetString(JournalJson.Write(entry)), StringComparison.Ordinal));
        Assert.All(loop.Log.Lines, line => Assert.DoesNotContain(Said, line.Everything, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_letter_that_is_retried_gets_another_round_of_attempts_under_the_same_key()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Retries", "1")));
        await loop.StartAsync();
        loop.Handler.Throws(_ => loop.Handler.Calls.Count <= 3);
        await loop.RouteAsync("r-1");
        await loop.UntilAsync("r-1", DecisionState.DeadLetter);

        Assert.True((await loop.Desk.RetryDeadLetterAsync(TestLoop.Review("r-1"), "ops-lead")).IsApplied);
        await loop.UntilSettledAsync("r-1");

        Assert.Equal([1, 2, 1, 2], loop.Handler.Calls.Select(call => call.Attempt));
        Assert.Single(loop.Handler.Keys.Distinct());
        Assert.Equal(TransitionStatus.Closed, (await loop.Desk.RetryDeadLetterAsync(TestLoop.Review("r-1"), "ops-lead")).Status);
    }

    [Fact]
    public async Task A_dead_letter_that_is_settled_by_hand_is_not_acted_on_again()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Retries", "0")));
        await loop.StartAsync();
        loop.Handler.Throws(_ => true);
        await loop.RouteAsync("r-1");

        Assert.True((await loop.Desk.SettleDeadLetterAsync(TestLoop.Review("r-1"), "ops-lead", "paid in cash")).IsApplied);

        Assert.Equal(DecisionState.Settled, (await loop.ItemAsync("r-1")).State);
        var settled = Assert.Single((await loop.JournalAsync("r-1")).OfType<DeadLetterSettled>());
        Assert.Equal(("ops-lead", "paid in cash"), (settled.Actor, settled.Note));
        await loop.RouteAsync("r-2", 0.1);
        Assert.Equal(TransitionStatus.NotAllowed, (await loop.Desk.SettleDeadLetterAsync(TestLoop.Review("r-2"), "ops-lead")).Status);
        Assert.Single(loop.Handler.Calls);
    }

    [Fact]
    public async Task The_owner_is_told_of_dead_letters_and_told_again_when_new_ones_come_after_a_time_without_any()
    {
        var notifier = new CollectingNotifier();
        await using var loop = new TestLoop(
            settings: TestLoop.Settings(("Acting:Retries", "0")),
            services: services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IReviewNotifier>(services, notifier));
        await loop.StartAsync();
        loop.Handler.Throws(_ => true);
        await loop.RouteAsync("r-1");
        await loop.UntilAsync(() => notifier.Told.Count == 1);
        await loop.Desk.SettleDeadLetterAsync(TestLoop.Review("r-1"), "ops-lead");
        var measured = loop.Store.Requests.Count(request => request is "measure");
        await loop.UntilAsync(() => loop.Store.Requests.Count(request => request is "measure") > measured + 1);

        await loop.RouteAsync("r-2");
        await loop.UntilAsync(() => notifier.Told.Count == 2);

        Assert.All(notifier.Told, told => Assert.Equal((NotificationKind.DeadLetters, "ops-lead@example.com", 1), (told.Kind, told.Recipient, told.Count)));
    }

    [Fact]
    public async Task A_workflows_own_pipeline_replaces_the_retries()
    {
        await using var loop = new TestLoop(refund => refund.UseResilience(pipeline => pipeline.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 3, Delay = TimeSpan.Zero })));
        await loop.StartAsync();
        loop.Handler.Throws(_ => true);

        await loop.RouteAsync("r-1");
        await loop.UntilAsync("r-1", DecisionState.DeadLetter);

        // One inline, then one and its three repetitions; Acting:Retries would have made six.
        Assert.Equal([1, 2, 3, 4, 5], loop.Handler.Calls.Select(call => call.Attempt));
    }

    [Fact]
    public async Task Changed_retries_take_effect_without_a_restart()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Retries", "50")));
        await loop.StartAsync();
        loop.Handler.Throws(_ => true);
        await loop.RouteAsync("r-0");
        await loop.UntilAsync(() => loop.Handler.Calls.Count >= 3);

        loop.Configuration[TestLoop.PathOf("Acting:Retries")] = "3";
        loop.Configuration.Reload();
        await loop.UntilAsync("r-0", DecisionState.DeadLetter);

        Assert.True(loop.Handler.Calls.Count <= 6);
    }

    [Fact]
    public async Task A_handler_that_cannot_be_made_fails_like_one_that_throws()
    {
        await using var loop = new TestLoop(refund => refund.UseHandler<NeedsWhatIsNotThere>(), TestLoop.Settings(("Acting:Retries", "0")), handled: false);

        var receipt = await loop.RouteAsync("r-1");

        Assert.Equal((RoutingStatus.Recorded, DecisionState.DeadLetter), (receipt.Status, (await loop.ItemAsync("r-1")).State));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_attempt_that_ended_unknown_goes_back_to_a_person_where_the_handler_is_not_idempotent(bool timesOut)
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Acting:Idempotent", "false"), ("Acting:Timeout", "00:00:05")));
        await loop.StartAsync();
        loop.Handler.Does = timesOut ? (_, _) => Task.Delay(Timeout.Infinite, CancellationToken.None) : (_, _) => throw new InvalidOperationException(Said);

        var routing = loop.RouteAsync("r-1").AsTask();
        await loop.UntilAsync(() => routing.IsCompleted);

        Assert.Equal(RouteKind.StraightThrough, (await routing).Route.Kind);
        var review = Assert.Single(await loop.Desk.ClaimAsync(new(), "ana"));
        Assert.Equal(("outcome_unknown", false), (review.Reason, review.IsAudit));
        Assert.Contains(22, loop.Log.Ids);
        Assert.Single(loop.Handler.Calls);

        loop.Handler.Does = (_, _) => Task.CompletedTask;
        await loop.Desk.DecideAsync(review.Id, review.Revision, new Verdict.Approved(), "ana");
        await loop.UntilSettledAsync("r-1");
        Assert.Equal(["refund/r-1/act", "refund/r-1/act"], loop.Handler.Keys);
        Assert.IsType<Verdict.Approved>(loop.Handler.Calls[1].Verdict);
    }

    [Fact]
    public async Task A_crash_in_mid_act_goes_to_a_person_where_the_handler_is_not_idempotent()
    {
        var settings = TestLoop.Settings(("Acting:Idempotent", "false"), ("Acting:Timeout", "00:00:05"));
        await using var crashed = new TestLoop(settings: settings);
        crashed.Store.Before = request => request is CompleteEffect ? FaultyStore.Down : null;
        await using var other = new TestLoop(settings: settings, sharedWith: crashed);
        var routing = crashed.RouteAsync("r-1").AsTask();
        await crashed.UntilAsync(() => routing.IsCompleted);
        Assert.Equal(DecisionState.Acting, (await crashed.ItemAsync("r-1")).State);
        await other.StartAsync();

        await other.UntilAsync(async () => (await other.ItemAsync("r-1")).State == DecisionState.Pending, TimeSpan.FromSeconds(1));

        Assert.Equal("outcome_unknown", (await other.Desk.GetAsync(TestLoop.Review("r-1")))!.Reason);
        Assert.Empty(other.Handler.Calls);
    }

    private sealed class NeedsWhatIsNotThere(IFormatProvider missing) : IDecisionHandler<Refund>
    {
        public Task ActAsync(Resolution<Refund> resolution, CancellationToken cancellationToken) => Task.FromResult(missing);
    }
}
