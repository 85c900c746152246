using System.Text.Json;
using HumanLoop.Adapting;
using HumanLoop.Journaling;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Tests.Reviewing;

/// <summary>Reviews with known answers.</summary>
public sealed class GoldenItemTests
{
    [Fact]
    public async Task A_golden_item_looks_like_any_other_review_never_acts_and_is_no_evidence()
    {
        await using var loop = new TestLoop();
        await loop.StartAsync();
        await loop.RouteAsync("r-1", 0.4);
        Assert.Equal(RoutingStatus.Recorded, await AddAsync(loop, Item("r-2", 2000, Corrected(20)) with { Confidence = 0.4 }));

        var (ordinary, golden) = (await ReadAsync(loop, "r-1"), await ReadAsync(loop, "r-2"));
        Assert.Equal(
            ordinary with { Id = golden.Id, Proposal = golden.Proposal, Due = golden.Due, RoutedAt = golden.RoutedAt, Requires = golden.Requires, Votes = golden.Votes, Notes = golden.Notes },
            golden);

        await loop.DecideAsync("r-2", new Verdict.Approved());
        await loop.UntilSettledAsync("r-2");
        Assert.Empty(loop.Handler.Calls);
        var item = await loop.ItemAsync("r-2");
        Assert.False(item.Routed.Eligible);
        Assert.Equal(OutcomeResult.Shown, await loop.Router.RecordOutcomeAsync("r-2", new(WasRight: true)));
        Assert.Equal(RoutingStatus.AlreadyRecorded, await AddAsync(loop, Item("r-2", 2000, Corrected(20)) with { Confidence = 0.4 }));
    }

    [Fact]
    public async Task A_golden_item_can_pose_as_a_check_and_be_blind()
    {
        await using var loop = new TestLoop(refund => refund.CountAsErrorWhen((a, b) => a.Amount != b.Amount), TestLoop.Settings(("Review:BlindShare", "1")));
        await AddAsync(loop, Item("g-1", 20, new Verdict.Approved()) with { AsCheck = true, Confidence = 0.97 });
        Assert.True((await ReadAsync(loop, "g-1")).IsBlind);
        var decided = (await loop.DecideAsync("g-1", Corrected(20))).Review!;
        Assert.Equal((true, "audit_draw", DecisionState.Settled), (decided.IsAudit, decided.Reason, decided.State));
        Assert.Equal(new ReviewerAccuracy("", 0, 0, 1, 0, 1), (await MeasureAsync(loop)).Everybody);
    }

    [Fact]
    public async Task Answers_measure_what_each_reviewer_overlooks_and_calls_wrong()
    {
        await using var loop = new TestLoop();
        for (var i = 0; i < 8; i++)
        {
            await AddAsync(loop, i % 2 == 0 ? Item($"g-{i}", 2000, Corrected(20)) : Item($"g-{i}", 20, new Verdict.Approved()));
        }

        await loop.DecideAsync("g-0", new Verdict.Approved(), "ana");
        await loop.DecideAsync("g-2", Corrected(20), "ana");
        await loop.DecideAsync("g-4", Corrected(30), "ana");
        await loop.DecideAsync("g-1", new Verdict.Approved(), "ana");
        await loop.DecideAsync("g-3", new Verdict.Rejected(), "bob");
        await loop.DecideAsync("g-5", new Verdict.Approved(), "bob");

        var measure = await MeasureAsync(loop);
        Assert.Equal([new("ana", 3, 1, 1, 0, 2), new("bob", 0, 0, 2, 1, 1)], measure.Reviewers);
        Assert.Equal(new("", 3, 1, 3, 1, 3), measure.Everybody);
        Assert.Equal(1 / 3.0, measure.Everybody.MissRate?.Value);
        Assert.Null(measure.Reviewers[1].MissRate);
    }

    [Fact]
    public async Task Every_vote_counts_and_one_that_was_taken_back_does_not()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:Reviewers", "2"), ("Review:UndoWindow", "00:05:00")));
        await AddAsync(loop, Item("g-1", 2000, Corrected(20)));
        await loop.DecideAsync("g-1", new Verdict.Approved(), "ana");
        var decided = (await loop.DecideAsync("g-1", new Verdict.Approved(), "bob")).Review!;
        await loop.Desk.UndoAsync(decided.Id, decided.Revision, "bob");
        await loop.DecideAsync("g-1", Corrected(20), "bob");
        await loop.DecideAsync("g-1", Corrected(20), "ops-lead@example.com");
        Assert.Equal([("ana", 1), ("bob", 0), ("ops-lead@example.com", 0)], (await MeasureAsync(loop)).Reviewers.Select(one => (one.Reviewer, one.Missed)));
    }

    [Theory]
    [InlineData("""{"customer":7}""", """{"customer":"Ada","amount":1}""", "proposal")]
    [InlineData("""{"customer":"Ada","amount":1}""", "[]", "answer")]
    public async Task A_golden_item_of_another_type_is_refused(string proposal, string answer, string what)
    {
        await using var loop = new TestLoop();
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => AddAsync(loop, new(Json(proposal), new Verdict.Corrected(Json(answer)))));
        Assert.Contains($"Workflow 'refund': the golden item's {what} is not one of the workflow's type.", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => AddAsync(loop, new(Json("""{"customer":"Ada","amount":1}"""), new Verdict.Abstained())));
        Assert.Equal(new ReviewerAccuracy("", 0, 0, 0, 0, 0), (await MeasureAsync(loop)).Everybody);
    }

    [Fact]
    public void The_thresholds_see_nothing_of_golden_items()
    {
        var (with, without) = (Learning(), Learning());
        var routed = Story.Routed(RouteKind.Review) with { Golden = new() { Kind = VerdictKind.Rejected, WasRight = false }, Eligible = false, Handled = false };
        with.Apply(new(2, routed));
        without.Pass(2);
        Assert.Equal(without.Published(), with.Published());
        Assert.Empty(with.Groups);
        Assert.Equal(2, with.Position);
    }

    [Theory]
    [InlineData(0, 10, 0, 0.3085)]
    [InlineData(1, 10, 0.0025, 0.4450)]
    [InlineData(10, 10, 0.6915, 1)]
    [InlineData(5, 100, 0.0164, 0.1128)]
    public void Intervals_are_those_of_Clopper_and_Pearson(int count, int of, double low, double high)
    {
        var estimate = RateEstimate.Exact(count, of)!.Value;
        Assert.Equal(low, estimate.Low, tolerance: 0.00006);
        Assert.Equal(high, estimate.High, tolerance: 0.00006);
    }

    private static WorkflowLearning Learning()
    {
        var learning = new WorkflowLearning("w", settings => ThresholdControllers.Create(settings, own: null));
        learning.Apply(new(1, new ThresholdSettingsChanged { Workflow = "w", Settings = new() { Policy = "risk-controlled", Goal = new() { MaxErrorRate = 0.05 } } }));
        return learning;
    }

    private static GoldenItem Item(string id, decimal amount, Verdict answer) =>
        new(JsonSerializer.SerializeToElement(new Refund("Ada", amount), JsonSerializerOptions.Web), answer) { Id = id };

    private static Verdict.Corrected Corrected(decimal amount) => new(JsonSerializer.SerializeToElement(new Refund("Ada", amount), JsonSerializerOptions.Web));

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static Task<RoutingStatus> AddAsync(TestLoop loop, GoldenItem item) => loop.Services.GetRequiredService<IGoldenItems>().AddAsync(TestLoop.Name, item, "owner");

    private static Task<GoldenMeasure> MeasureAsync(TestLoop loop) => loop.Services.GetRequiredService<IGoldenItems>().MeasureAsync(TestLoop.Name);

    private static async Task<Review> ReadAsync(TestLoop loop, string id) => (await loop.Desk.GetAsync(TestLoop.Review(id)))!;
}
