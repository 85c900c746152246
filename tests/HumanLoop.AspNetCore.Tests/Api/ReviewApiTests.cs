using System.Net;
using System.Text.Json;

namespace HumanLoop.AspNetCore.Tests.Api;

public sealed class ReviewApiTests
{
    private const string Reviews = "/humanloop/api/v1/reviews";

    [Fact]
    public async Task A_review_is_listed_claimed_decided_and_then_settles()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        var listed = Assert.Single((await loop.JsonAsync(loop.GetAsync(Reviews))).GetProperty("reviews").EnumerateArray());
        Assert.Equal("pending", listed.GetProperty("state").GetString());
        Assert.Equal("below_threshold", listed.GetProperty("reason").GetString());
        Assert.Equal(0.62, listed.GetProperty("confidence").GetDouble());
        Assert.Equal("Ada", listed.GetProperty("proposal").GetProperty("customer").GetString());

        var claimed = await loop.ClaimAsync();
        Assert.Equal("claimed", claimed.GetProperty("state").GetString());
        Assert.Equal("ann", claimed.GetProperty("lease").GetProperty("holder").GetString());

        var decided = await loop.JsonAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/verdict", new { revision = Revision(claimed), verdict = "approved", comment = "fine" }));
        var verdict = decided.GetProperty("verdict");
        Assert.Equal(("approved", "ann", true), (verdict.GetProperty("verdict").GetString(), verdict.GetProperty("reviewer").GetString(), verdict.GetProperty("proposalWasRight").GetBoolean()));
        await UntilAsync(loop, Id(claimed), "settled");
    }

    [Fact]
    public async Task Claiming_gives_an_empty_list_when_nothing_is_free()
    {
        await using var loop = await WebLoop.StartAsync();
        Assert.Equal("[]", (await loop.JsonAsync(loop.PostAsync($"{Reviews}/claim", null))).GetRawText());
        await loop.RouteAsync(1);
        await loop.ClaimAsync();
        Assert.Equal("[]", (await loop.JsonAsync(loop.PostAsync($"{Reviews}/claim", new { limit = 5 }, "bob"))).GetRawText());
    }

    [Fact]
    public async Task The_most_urgent_are_claimed_first_and_no_more_than_asked()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(3);
        await loop.Desk.PrioritiseAsync(new(WebLoop.Name, "d-3"), 5, "ops");
        var claimed = (await loop.JsonAsync(loop.PostAsync($"{Reviews}/claim", new { workflow = WebLoop.Name, limit = 2 }))).EnumerateArray().Select(review => review.GetProperty("decisionId").GetString()!);
        Assert.Equal(["d-3", "d-1"], claimed);
    }

    [Fact]
    public async Task Pages_of_a_list_follow_one_another_without_gap()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(7);
        var seen = new List<string>();
        for (var address = $"{Reviews}?limit=3"; ;)
        {
            var page = await loop.JsonAsync(loop.GetAsync(address));
            seen.AddRange(page.GetProperty("reviews").EnumerateArray().Select(review => review.GetProperty("decisionId").GetString()!));
            if (!page.TryGetProperty("next", out var next))
            {
                break;
            }

            address = $"{Reviews}?limit=3&cursor={Uri.EscapeDataString(next.GetString()!)}";
        }

        Assert.Equal(["d-1", "d-2", "d-3", "d-4", "d-5", "d-6", "d-7"], seen);
    }

    [Fact]
    public async Task A_list_can_be_of_one_state_of_open_ones_or_of_all()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(2);
        await loop.RouteAsync(1, _ => WebLoop.Decision("sure", 0.95));
        await loop.ClaimAsync();
        Assert.Equal(["d-2"], await IdsAsync("?state=pending"));
        Assert.Equal(["d-1"], await IdsAsync("?state=claimed"));
        Assert.Equal(["d-1", "d-2"], (await IdsAsync("")).Order());
        Assert.Equal(["d-1", "d-2", "sure"], (await IdsAsync("?state=all")).Order());
        Assert.Empty(await IdsAsync("?state=dead_letter,expired"));

        async Task<IEnumerable<string>> IdsAsync(string query) =>
            (await loop.JsonAsync(loop.GetAsync(Reviews + query))).GetProperty("reviews").EnumerateArray().Select(review => review.GetProperty("decisionId").GetString()!);
    }

    [Fact]
    public async Task A_correction_becomes_what_is_acted_on_and_counts_as_an_error()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        var claimed = await loop.ClaimAsync();
        var decided = await loop.JsonAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/verdict", new { revision = Revision(claimed), verdict = "corrected", proposal = new { customer = "Ada", amount = 10.0, lines = Array.Empty<object>() } }));
        Assert.Equal(10, decided.GetProperty("correction").GetProperty("amount").GetInt32());
        Assert.False(decided.GetProperty("verdict").GetProperty("proposalWasRight").GetBoolean());
    }

    [Theory]
    [InlineData("corrected")]
    [InlineData("rejected")]
    public async Task Whoever_decides_can_say_that_the_proposal_was_right(string kind)
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        var claimed = await loop.ClaimAsync();
        var decided = await loop.JsonAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/verdict", new { revision = Revision(claimed), verdict = kind, proposalWasRight = true, reason = "duplicate", proposal = new { customer = "Ada B.", amount = 12.5 } }));
        Assert.True(decided.GetProperty("verdict").GetProperty("proposalWasRight").GetBoolean());
        Assert.Equal("duplicate", decided.GetProperty("verdict").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Abstaining_frees_the_review_for_somebody_else()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        var claimed = await loop.ClaimAsync();
        var after = await loop.JsonAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/verdict", new { revision = Revision(claimed), verdict = "abstained" }));
        Assert.Equal("pending", after.GetProperty("state").GetString());
        Assert.Equal("[]", (await loop.JsonAsync(loop.PostAsync($"{Reviews}/claim", null))).GetRawText());
        await loop.ClaimAsync("bob");
    }

    [Fact]
    public async Task The_reviewer_is_who_is_signed_in_whatever_the_body_says()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        var claimed = await loop.ClaimAsync();
        var decided = await loop.JsonAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/verdict", new { revision = Revision(claimed), verdict = "approved", reviewer = "somebody else" }));
        Assert.Equal("ann", decided.GetProperty("verdict").GetProperty("reviewer").GetString());
    }

    [Fact]
    public async Task A_verdict_on_a_stale_revision_or_without_the_lease_is_a_conflict()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        var claimed = await loop.ClaimAsync();
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/verdict", new { revision = Revision(claimed) - 1, verdict = "approved" }), HttpStatusCode.Conflict, "stale_revision");
        var problem = await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/verdict", new { revision = Revision(claimed), verdict = "approved" }, "bob"), HttpStatusCode.Conflict, "lease_lost");
        Assert.Equal(Revision(claimed), problem.GetProperty("review").GetProperty("revision").GetInt64());
        await loop.JsonAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/verdict", new { revision = Revision(claimed), verdict = "approved" }));
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/verdict", new { revision = Revision(claimed), verdict = "rejected" }), HttpStatusCode.Conflict, "already_decided");
    }

    [Fact]
    public async Task A_correction_that_is_no_proposal_of_the_workflow_is_told_what_is_wrong()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        var claimed = await loop.ClaimAsync();
        var problem = await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/verdict", new { revision = Revision(claimed), verdict = "corrected", proposal = new { customer = "Ada", amount = "a lot" } }), HttpStatusCode.UnprocessableEntity, "invalid_proposal");
        Assert.Contains("amount", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_is_extended_released_and_sent_up()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        var claimed = await loop.ClaimAsync();
        var extended = await loop.JsonAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/extend", new { revision = Revision(claimed) }));
        Assert.Equal(Revision(claimed), Revision(extended));
        var released = await loop.JsonAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/release", new { revision = Revision(claimed) }));
        Assert.Equal("pending", released.GetProperty("state").GetString());
        var again = await loop.ClaimAsync();
        var escalated = await loop.JsonAsync(loop.PostAsync($"{Reviews}/{Id(again)}/escalate", new { revision = Revision(again) }));
        Assert.Equal("ops-lead@example.com", escalated.GetProperty("assignedTo").GetString());
    }

    [Fact]
    public async Task A_verdict_can_be_taken_back_within_its_window()
    {
        await using var loop = await WebLoop.StartAsync(settings: ("Review:UndoWindow", "00:10:00"));
        await loop.RouteAsync(1);
        var claimed = await loop.ClaimAsync();
        var decided = await loop.JsonAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/verdict", new { revision = Revision(claimed), verdict = "approved" }));
        Assert.Equal("decided", decided.GetProperty("state").GetString());
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/undo", new { revision = Revision(claimed) }), HttpStatusCode.Conflict, "already_decided");
        var undone = await loop.JsonAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/undo", new { revision = Revision(decided) }));
        Assert.Equal("pending", undone.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Many_are_assigned_and_released_at_once()
    {
        await using var loop = await WebLoop.StartAsync();
        var ids = await loop.RouteAsync(2);
        var assigned = await loop.JsonAsync(loop.PostAsync($"{Reviews}/assign", new { ids, person = "bob" }));
        Assert.All(assigned.EnumerateArray(), one => Assert.Equal("applied", one.GetProperty("result").GetString()));
        Assert.Equal("[]", (await loop.JsonAsync(loop.PostAsync($"{Reviews}/claim", null))).GetRawText());
        await loop.JsonAsync(loop.PostAsync($"{Reviews}/release", new { ids }));
        await loop.ClaimAsync();
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with/slash and space")]
    [InlineData("100%25 ?#&ünïcode~tilde:colon")]
    [InlineData("..")]
    [InlineData("日本")]
    public async Task Every_id_that_a_decision_may_have_names_its_review_in_addresses(string id)
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1, _ => WebLoop.Decision(id));
        var claimed = await loop.ClaimAsync();
        foreach (var address in (string[])[Id(claimed), Uri.EscapeDataString(Id(claimed))])
        {
            Assert.Equal(id, (await loop.JsonAsync(loop.GetAsync($"{Reviews}/{address}"))).GetProperty("decisionId").GetString());
        }

        await loop.JsonAsync(loop.PostAsync($"{Reviews}/{Id(claimed)}/verdict", new { revision = Revision(claimed), verdict = "approved" }));
    }

    private static string Id(JsonElement review) => review.GetProperty("id").GetString()!;

    private static long Revision(JsonElement review) => review.GetProperty("revision").GetInt64();

    private static async Task UntilAsync(WebLoop loop, string id, string state)
    {
        for (var tries = 0; (await loop.JsonAsync(loop.GetAsync($"{Reviews}/{id}"))).GetProperty("state").GetString() != state; tries++)
        {
            Assert.True(tries < 1000, $"The review is not {state}.");
            await Task.Delay(10);
        }
    }
}
