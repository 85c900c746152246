using System.Text.Json;
using HumanLoop.Routing;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Reviewing;

/// <summary>Answering without knowing what the AI said.</summary>
public sealed class BlindReviewTests
{
    private static readonly (string Key, string? Value)[] Defaults = [("Review:BlindShare", "1"), ("Review:ReasonsProposalWasRight:0", "duplicate")];

    [Theory]
    [InlineData(0.1, false)]
    [InlineData(1, true)]
    public async Task A_blind_review_shows_nothing_of_what_the_AI_said_until_it_is_decided(double confidence, bool acts)
    {
        await using var loop = Blind(("Threshold:AuditBudget", "1"));
        var decision = TestLoop.Decision("b-1", confidence) with { Segment = "gold", Model = "m-1", Fields = new Dictionary<string, Confidence> { ["amount"] = 0.1 }, Briefing = "She asks for her money back." };
        Assert.Equal(acts, (await loop.Router.RouteAsync(decision)).Route.ActsAtOnce);

        var listed = Assert.Single((await loop.Desk.ListAsync(new())).Reviews);
        var claimed = Assert.Single(await loop.Desk.ClaimAsync(new(), "ana"));
        var read = (await loop.Desk.GetAsync(TestLoop.Review("b-1")))!;
        var extended = (await loop.Desk.ExtendAsync(claimed.Id, claimed.Revision, "ana")).Review!;
        foreach (var seen in new[] { listed, claimed, read, extended })
        {
            Assert.True(seen.IsBlind);
            Assert.Equal("blind", seen.Reason);
            Assert.Equal("She asks for her money back.", seen.Briefing);
            Assert.Null(seen.Proposal);
            Assert.Null(seen.Segment);
            Assert.Null(seen.Model);
            Assert.Null(seen.Fields);
            Assert.False(seen.Confidence.IsUsable);
            Assert.True(seen.Threshold.IsReviewEverything);
            Assert.False(seen.IsAudit);
            Assert.Equal((Effect.None, 0), (seen.Effect, seen.Attempts));
        }

        var decided = await loop.Desk.DecideAsync(claimed.Id, claimed.Revision, Answer("Ada", 20), "ana");
        Assert.True(decided.IsApplied);
        Assert.False(decided.Review!.IsBlind);
        Assert.NotNull(decided.Review.Proposal);
        Assert.Equal("gold", decided.Review.Segment);
        Assert.Equal(acts, decided.Review.IsAudit);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public async Task A_blind_answer_says_whether_the_AI_was_right_by_the_workflows_comparison(int amount, bool right)
    {
        await using var loop = Blind();
        await loop.RouteAsync("b-1", 0.1);
        await loop.DecideAsync("b-1", Answer("ADA", amount));
        var item = await loop.ItemAsync("b-1");
        Assert.Equal(right, item.WasRight);
        await loop.StartAsync();
        await loop.UntilSettledAsync("b-1");
        Assert.Equal(new Refund("ADA", amount), Assert.Single(loop.Handler.Calls).Proposal);
    }

    [Fact]
    public async Task Nobody_calls_right_what_they_have_not_seen()
    {
        await using var loop = Blind();
        foreach (var id in new[] { "b-1", "b-2", "b-3" })
        {
            await loop.RouteAsync(id, 0.1);
        }

        var approved = await loop.DecideAsync("b-1", new Verdict.Approved());
        Assert.Equal(TransitionStatus.InvalidProposal, approved.Status);
        Assert.Contains("blind", approved.Problem, StringComparison.Ordinal);
        Assert.True((await loop.DecideAsync("b-2", new Verdict.Rejected { ProposalWasRight = true, Reason = "duplicate" })).IsApplied);
        Assert.False((await loop.ItemAsync("b-2")).WasRight);
        Assert.True((await loop.DecideAsync("b-3", Answer("Ada", 99) with { WordingOnly = true })).IsApplied);
        Assert.False((await loop.ItemAsync("b-3")).WasRight);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task While_a_blind_answer_can_be_taken_back_it_stays_blind_and_tells_nothing()
    {
        await using var loop = Blind(("Review:UndoWindow", "00:05:00"), ("Threshold:AuditBudget", "1"));
        await loop.RouteAsync("b-1", 1);
        var decided = (await loop.DecideAsync("b-1", Answer("Ada", 99))).Review!;
        Assert.True(decided.IsBlind);
        Assert.Null(decided.Proposal);
        Assert.Equal(Effect.None, decided.Effect);
        Assert.False(Assert.IsType<Verdict.Corrected>(decided.Verdict).WordingOnly);

        var undone = (await loop.Desk.UndoAsync(decided.Id, decided.Revision, "ana")).Review!;
        Assert.True(undone.IsBlind);
        Assert.Null(undone.Correction);
        Assert.True((await loop.DecideAsync("b-1", Answer("Ada", 20), "bob")).IsApplied);
        await loop.StartAsync();
        await loop.UntilSettledAsync("b-1");
        Assert.Equal("Ada", (await loop.Desk.GetAsync(decided.Id))!.Proposal!.Value.GetProperty("customer").GetString());
    }

    [Fact]
    public async Task What_a_rule_sends_to_a_person_is_never_blind()
    {
        await using var loop = new TestLoop(
            refund => refund.CountAsErrorWhen((a, b) => a != b).AddPolicy((decision, _) => decision.Proposal.Amount > 100 ? DecisionRoute.Review("large_amount") : null),
            TestLoop.Settings(("Review:BlindShare", "1")));
        await loop.Router.RouteAsync(TestLoop.Decision("b-1", amount: 500));
        Assert.Equal((false, "large_amount"), ((await loop.Desk.GetAsync(TestLoop.Review("b-1")))!.IsBlind, (await loop.Desk.GetAsync(TestLoop.Review("b-1")))!.Reason));
    }

    [Fact]
    public async Task Blind_checks_are_hidden_among_about_as_many_blind_reviews()
    {
        await using var loop = Blind(("Review:BlindShare", "0.5"), ("Threshold:AuditBudget", "0.25"));
        var (checks, reviews, blindChecks, blindReviews) = (0, 0, 0, 0);
        for (var i = 0; i < 4000; i++)
        {
            // Three reviews to one that acts, of which a quarter is checked: blind with the share itself, nine of ten blind reviews would be no checks.
            var receipt = await loop.RouteAsync($"d-{i}", i % 4 == 0 ? 0.95 : 0.2);
            if (receipt.Route.Kind != RouteKind.StraightThrough)
            {
                var blind = (await loop.ItemAsync($"d-{i}")).Routed.Blind;
                (checks, reviews) = receipt.Route.Kind == RouteKind.Audit ? (checks + 1, reviews) : (checks, reviews + 1);
                blindChecks += blind && receipt.Route.Kind == RouteKind.Audit ? 1 : 0;
                blindReviews += blind && receipt.Route.Kind == RouteKind.Review ? 1 : 0;
            }
        }

        // Some 250 checks, half of them blind: 5 standard deviations of a binomial are 40. The key is fixed, so the test never flickers.
        Assert.InRange(blindChecks, (checks / 2) - 40, (checks / 2) + 40);
        Assert.InRange(blindReviews, blindChecks / 2, blindChecks * 2);
        Assert.True(reviews > 10 * checks);
    }

    [Fact]
    public void The_blind_draw_is_stable_and_independent_of_the_audit_draw()
    {
        const int n = 20_000;
        var key = Convert.FromBase64String(TestLoop.AuditKey);
        var (one, other) = (new AuditDraw(key, "refund"), new AuditDraw(key, "refund"));
        var half = ReviewProbability.AtRung(2);
        var (blind, both, drawn) = (0, 0, 0);
        for (var i = 0; i < n; i++)
        {
            DecisionId id = $"order-{i}";
            Assert.Equal(one.DrawsBlind(id, 0.3), other.DrawsBlind(id, 0.3));
            blind += one.DrawsBlind(id, 0.3) ? 1 : 0;
            drawn += one.Draws(id, half) ? 1 : 0;
            both += one.DrawsBlind(id, 0.3) && one.Draws(id, half) ? 1 : 0;
        }

        // 5 standard deviations of Binomial(20000, 0.3) and of Binomial(20000, 0.15).
        Assert.InRange(blind, 6000 - 325, 6000 + 325);
        Assert.InRange(both, 3000 - 253, 3000 + 253);
        Assert.InRange(drawn, 10_000 - 354, 10_000 + 354);
        Assert.False(one.DrawsBlind("order-1", 0));
        Assert.True(one.DrawsBlind("order-1", 1));
    }

    private static Verdict.Corrected Answer(string customer, decimal amount) =>
        new Verdict.Corrected(JsonSerializer.SerializeToElement(new Refund(customer, amount), JsonSerializerOptions.Web));

    private static TestLoop Blind(params (string Key, string? Value)[] settings) => new(
        refund => refund.CountAsErrorWhen((proposed, right) => proposed.Amount != right.Amount),
        TestLoop.Settings([.. settings, .. Defaults.ExceptBy(settings.Select(setting => setting.Key), setting => setting.Key)]));
}
