namespace HumanLoop.Testing.Tests;

public sealed class SimulatedReviewerTests
{
    [Fact]
    public async Task A_team_empties_the_queue_with_the_answers_from_the_truth()
    {
        await using var harness = await WorkflowHarness<string>.StartAsync();
        var decisions = DecisionStream.Calibrated(5, 300).ToDictionary(each => each.Id);
        foreach (var each in decisions.Values)
        {
            await harness.Router.RouteAsync(new(each.Predicted) { Id = each.Id, Confidence = each.Confidence, Segment = each.Segment });
        }

        var waiting = decisions.Count - harness.Effects.Count;
        var team = Enumerable.Range(1, 4).Select(n => new SimulatedReviewer(harness.Desk, $"r{n}", review => Answer(decisions[review.Id.DecisionId]), harness.Clock, n)).ToList();
        var claimed = await Task.WhenAll(team.Select(reviewer => Task.Run(() => reviewer.EmptyQueueAsync())));
        await harness.SettleAsync();

        // Straight through without a check, or decided once: the audits among the acts were claimed too.
        Assert.Equal(claimed.Sum(), team.Sum(reviewer => reviewer.Decided));
        Assert.InRange(claimed.Sum(), waiting, decisions.Count);
        Assert.Equal(0, team.Sum(reviewer => reviewer.Mistakes + reviewer.Lost));
        Assert.All(harness.Effects.Where(effect => effect.Verdict is Verdict.Approved), effect => Assert.True(decisions[effect.Decision.Id].IsRight));
        Assert.All(harness.Effects.Where(effect => effect.Verdict is Verdict.Rejected), effect => Assert.False(decisions[effect.Decision.Id].IsRight));
        Assert.Equal(decisions.Count, harness.Effects.Count(effect => effect.Effect != Effect.Compensate));
    }

    [Fact]
    public async Task Mistakes_come_at_the_given_rate_and_the_same_seed_makes_the_same()
    {
        var first = await MistakesAsync();
        Assert.Equal(first, await MistakesAsync());

        // 400 draws at 0.2: 80 ± 4 · √(400 · 0.2 · 0.8) = 80 ± 32.
        Assert.InRange(first, 48, 112);

        static async Task<int> MistakesAsync()
        {
            await using var harness = await WorkflowHarness<string>.StartAsync();
            for (var i = 0; i < 400; i++)
            {
                await harness.Router.RouteAsync(new("x") { Id = $"{i}", Confidence = 0.1 });
            }

            var reviewer = new SimulatedReviewer(harness.Desk, "ann", _ => new Verdict.Approved(), harness.Clock, seed: 9) { ErrorRate = 0.2, Claim = new() { Limit = 50 } };
            Assert.Equal(400, await reviewer.EmptyQueueAsync());
            Assert.Equal(400, reviewer.Decided);
            await harness.SettleAsync();
            Assert.Equal(reviewer.Mistakes, harness.Effects.Count(effect => effect.Effect == Effect.Decline));
            return reviewer.Mistakes;
        }
    }

    [Fact]
    public async Task A_slow_reviewer_takes_time_by_the_clock_and_may_come_too_late()
    {
        await using var harness = await WorkflowHarness<string>.StartAsync();
        await harness.RouteAsync(new("x"), RouteKind.Review);
        using var day = new CancellationTokenSource();
        var reviewer = new SimulatedReviewer(harness.Desk, "ann", _ => new Verdict.Approved(), harness.Clock, seed: 3) { HandlingTime = TimeSpan.FromMinutes(20) };
        var working = reviewer.RunAsync(day.Token);
        await harness.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(0, reviewer.Decided);
        Assert.Equal(1, await harness.ApproveAllAsync("lead"));
        await harness.AdvanceAsync(TimeSpan.FromMinutes(201));
        await day.CancelAsync();
        await working;
        Assert.Equal((0, 1), (reviewer.Decided, reviewer.Lost));
    }

    private static Verdict Answer(RecordedDecision decision) => decision.IsRight ? new Verdict.Approved() : new Verdict.Rejected();
}
