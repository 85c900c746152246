using System.Text.Json;
using HumanLoop.Journaling;

namespace HumanLoop.Testing.Tests;

public sealed class WorkflowHarnessTests
{
    [Fact]
    public async Task What_is_sure_enough_acts_at_once_and_the_rest_when_it_is_approved()
    {
        await using var harness = await WorkflowHarness<Refund>.StartAsync();
        await harness.Router.RouteAsync(new(new Refund(1)) { Id = "sure", Confidence = 0.95 });
        Assert.Equal("sure", Assert.Single(harness.Effects).Decision.Id.Value);
        await harness.Router.RouteAsync(new(new Refund(2)) { Id = "unsure", Confidence = 0.4 });
        Assert.Single(harness.Effects);
        Assert.Equal(1, await harness.ApproveAllAsync());
        Assert.Equal(["sure", "unsure"], harness.Effects.Select(effect => effect.Decision.Id.Value));
        Assert.IsType<Verdict.Approved>(harness.Effects[1].Verdict);
        Assert.Equal(0, await harness.ApproveAllAsync());
    }

    [Theory]
    [InlineData(RouteKind.Review, null)]
    [InlineData(RouteKind.Review, 0.97)]
    [InlineData(RouteKind.StraightThrough, null)]
    [InlineData(RouteKind.StraightThrough, 0.3)]
    [InlineData(RouteKind.Audit, 0.97)]
    public async Task A_route_can_be_forced(RouteKind route, double? confidence)
    {
        await using var harness = await WorkflowHarness<Refund>.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            var receipt = await harness.RouteAsync(new(new Refund(i)) { Confidence = confidence is { } value ? value : null }, route);
            Assert.Equal(route, receipt.Route.Kind);
        }

        Assert.Equal(route == RouteKind.Review ? 0 : 3, harness.Effects.Count);
        Assert.Equal(route == RouteKind.StraightThrough ? 0 : 3, await harness.ApproveAllAsync());
        Assert.Equal(3, harness.Effects.Count);
    }

    [Fact]
    public async Task A_rule_has_the_last_word_over_a_forced_route()
    {
        await using var harness = await WorkflowHarness<Refund>.StartAsync(refund => refund.AddPolicy((decision, _) => decision.Proposal.Amount > 100 ? DecisionRoute.Review("large_amount") : null));
        await harness.RouteAsync(new(new Refund(1)), RouteKind.StraightThrough);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => harness.RouteAsync(new(new Refund(1000)), RouteKind.StraightThrough));
        Assert.Contains("large_amount", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_finds_an_act_wrong_compensates()
    {
        await using var harness = await WorkflowHarness<Refund>.StartAsync();
        await harness.RouteAsync(new(new Refund(20)), RouteKind.Audit);
        Assert.Equal(1, await harness.DecideAllAsync(_ => new Verdict.Corrected(JsonSerializer.SerializeToElement(new Refund(12), JsonSerializerOptions.Web))));
        Assert.Equal([Effect.Act, Effect.Compensate], harness.Effects.Select(effect => effect.Effect));
        Assert.Equal(12, harness.Effects[1].Proposal.Amount);
    }

    [Fact]
    public async Task Time_passes_only_when_the_test_says_so_and_deadlines_pass_in_their_order()
    {
        await using var harness = await WorkflowHarness<Refund>.StartAsync(refund => refund.Configure(options => options.Review.EscalateTo.Add("lead")));
        var start = harness.Clock.GetUtcNow();
        await harness.RouteAsync(new(new Refund(20)), RouteKind.Review);
        Assert.Equal(start, harness.Clock.GetUtcNow());
        await harness.AdvanceAsync(TimeSpan.FromHours(24));
        Assert.Equal(start.AddHours(24), harness.Clock.GetUtcNow());
        var journal = (await harness.Store.ReadAsync(0, 100)).Select(record => record.Entry).OfType<ReviewOverdue>();
        Assert.Equal([("lead", start.AddHours(4)), ("owner@example.com", start.AddHours(8))], journal.Select(entry => (entry.Told, entry.At)));
    }

    [Fact]
    public async Task A_handler_that_fails_is_called_again_as_time_passes()
    {
        var handler = new FailsTwice();
        await using var harness = await WorkflowHarness<Refund>.StartAsync(handler: handler);
        await harness.RouteAsync(new(new Refund(20)), RouteKind.StraightThrough);
        Assert.Empty(harness.Effects);
        await harness.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(3, handler.Calls);
        Assert.Equal(3, Assert.Single(harness.Effects).Attempt);
    }

    [Fact]
    public async Task Settings_that_are_wrong_do_not_start() =>
        await Assert.ThrowsAnyAsync<Exception>(() => WorkflowHarness<Refund>.StartAsync(refund => refund.Configure(options => options.Threshold.AuditBudget = 5)));

    internal sealed record Refund(decimal Amount);

    private sealed class FailsTwice : IDecisionHandler<Refund>
    {
        public int Calls { get; private set; }

        public Task ActAsync(Resolution<Refund> resolution, CancellationToken cancellationToken) =>
            ++Calls <= 2 ? Task.FromException(new TimeoutException("no answer from the bank")) : Task.CompletedTask;
    }
}
