using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.AspNetCore.Tests.Api;

public sealed class WorkflowApiTests
{
    private const string Workflows = "/humanloop/api/v1/workflows";

    [Fact]
    public async Task A_workflow_tells_its_charter_and_what_waits()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(2);
        var workflow = Assert.Single((await loop.JsonAsync(loop.GetAsync(Workflows))).EnumerateArray());
        Assert.Equal("ops-lead@example.com", workflow.GetProperty("owner").GetString());
        Assert.Equal("refunds without a human", workflow.GetProperty("metric").GetProperty("name").GetString());
        Assert.Equal(2, workflow.GetProperty("awaitingVerdict").GetInt32());
        Assert.False(workflow.TryGetProperty("proposalSchema", out _));
        var detail = await loop.JsonAsync(loop.GetAsync($"{Workflows}/refund"));
        Assert.Equal("object", detail.GetProperty("proposalSchema").GetProperty("type").GetString());
        await loop.ProblemAsync(loop.GetAsync($"{Workflows}/unknown"), HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_workflow_is_paused_and_resumed()
    {
        await using var loop = await WebLoop.StartAsync();
        Assert.True((await loop.JsonAsync(loop.PostAsync($"{Workflows}/refund/pause", new { reason = "looks wrong" }))).GetProperty("isPaused").GetBoolean());
        Assert.Equal(RouteKind.Review, (await loop.Router.RouteAsync(WebLoop.Decision("sure", 0.99))).Route.Kind);
        Assert.False((await loop.JsonAsync(loop.PostAsync($"{Workflows}/refund/resume", null))).GetProperty("isPaused").GetBoolean());
        Assert.NotEqual(RouteKind.Review, (await loop.Router.RouteAsync(WebLoop.Decision("sure too", 0.99))).Route.Kind);
    }

    [Fact]
    public async Task An_outcome_is_recorded_and_says_whether_it_is_evidence()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        await loop.Router.RouteAsync(WebLoop.Decision("sure", 0.99));
        Assert.Equal("evidence", (await loop.JsonAsync(loop.PostAsync($"{Workflows}/refund/outcomes", new { decisionId = "d-1", wasRight = false, reportedBy = "shop" }))).GetProperty("result").GetString());
        Assert.Equal("shown", (await loop.JsonAsync(loop.PostAsync($"{Workflows}/refund/outcomes", new { decisionId = "sure", wasRight = false }))).GetProperty("result").GetString());
        await loop.ProblemAsync(loop.PostAsync($"{Workflows}/refund/outcomes", new { decisionId = "never routed", wasRight = true }), HttpStatusCode.NotFound, "not_found");
        await loop.ProblemAsync(loop.PostAsync($"{Workflows}/refund/outcomes", new { decisionId = "d-1" }), HttpStatusCode.BadRequest, "bad_request");
        await loop.ProblemAsync(loop.PostAsync($"{Workflows}/refund/outcomes", new { decisionId = "a\u0001b", wasRight = true }), HttpStatusCode.BadRequest, "bad_request");
        await loop.ProblemAsync(loop.PostAsync($"{Workflows}/refund/outcomes", null), HttpStatusCode.BadRequest, "bad_request");
    }

    [Fact]
    public async Task The_changes_of_a_threshold_are_listed_and_a_proposal_that_does_not_wait_cannot_be_answered()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        Assert.Equal(System.Text.Json.JsonValueKind.Array, (await loop.JsonAsync(loop.GetAsync($"{Workflows}/refund/thresholds"))).ValueKind);
        await loop.ProblemAsync(loop.PostAsync($"{Workflows}/refund/thresholds/none/approve", null), HttpStatusCode.Conflict, "not_proposed");
        await loop.ProblemAsync(loop.PostAsync($"{Workflows}/refund/thresholds/none/reject", null), HttpStatusCode.Conflict, "not_proposed");
    }

    [Fact]
    public async Task A_dead_letter_is_listed_tried_again_and_settled()
    {
        var failing = true;
        await using var loop = await WebLoop.StartAsync(
            build: builder => builder.Configuration["HumanLoop:PollInterval"] = "00:00:00.020",
            loop: added => added.AddWorkflow<Line>("other", other => other.UseHandler((_, _) => failing ? throw new InvalidOperationException("no printer") : Task.CompletedTask).UseResilience(_ => { })));
        var router = loop.App.Services.GetRequiredService<IDecisionRouter<Line>>();
        await router.RouteAsync(new(new Line("lamp", 1)) { Id = "x", Confidence = 0.5 });
        await loop.Desk.DecideAsync(new ReviewId("other", "x"), new Verdict.Approved(), "ann");
        var letter = await UntilListedAsync(loop);
        Assert.Contains("no printer", letter.GetProperty("lastError").GetString(), StringComparison.Ordinal);
        var id = letter.GetProperty("id").GetString();
        await loop.JsonAsync(loop.PostAsync($"/humanloop/api/v1/dead-letters/{id}/retry", null));
        await UntilListedAsync(loop);
        Assert.Equal("settled", (await loop.JsonAsync(loop.PostAsync($"/humanloop/api/v1/dead-letters/{id}/settle", new { note = "printed by hand" }))).GetProperty("state").GetString());
        await loop.ProblemAsync(loop.PostAsync($"/humanloop/api/v1/dead-letters/{id}/retry", null), HttpStatusCode.Conflict, "closed");
        failing = false;
    }

    private static async Task<System.Text.Json.JsonElement> UntilListedAsync(WebLoop loop)
    {
        for (var tries = 0; ; tries++)
        {
            var letters = (await loop.JsonAsync(loop.GetAsync("/humanloop/api/v1/dead-letters"))).GetProperty("reviews");
            if (letters.GetArrayLength() > 0)
            {
                return letters[0];
            }

            Assert.True(tries < 1000, "There is no dead letter.");
            await Task.Delay(10);
        }
    }
}
