using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.AspNetCore.Tests.Admitting;

public sealed class AdmissionTests
{
    private static readonly string[] Doors = ["/humanloop/", "/humanloop/queue", "/humanloop/workflows", "/humanloop/api/v1/reviews", "/humanloop/api/v1/openapi.json"];

    [Fact]
    public async Task Outside_Development_nobody_gets_in_until_the_application_says_who_and_the_answer_names_the_line()
    {
        await using var loop = await WebLoop.StartAsync(map: app => app.MapHumanLoop());
        foreach (var door in Doors)
        {
            await RefusedAsync(loop, door, null, HttpStatusCode.Unauthorized, "RequireAuthorization");
            await RefusedAsync(loop, door, "ann", HttpStatusCode.Forbidden, "RequireAuthorization");
        }
    }

    [Fact]
    public async Task Even_an_explicit_AllowAnonymous_lets_nobody_anonymous_in_outside_Development()
    {
        await using var loop = await WebLoop.StartAsync(map: app => app.MapHumanLoop().AllowAnonymous());
        await RefusedAsync(loop, "/humanloop/api/v1/reviews", null, HttpStatusCode.Unauthorized, "RequireAuthorization");
    }

    [Fact]
    public async Task RequireAuthorization_lets_in_whom_it_means_for_pages_api_and_files()
    {
        await using var loop = await WebLoop.StartAsync();
        foreach (var door in Doors.Append($"/humanloop/{AspNetCore.Assets.AssetFiles.AddressOf("inbox.js")}"))
        {
            using var anonymous = await loop.GetAsync(door, null);
            Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
            using var known = await loop.GetAsync(door);
            Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        }
    }

    [Fact]
    public async Task A_fallback_policy_of_the_host_counts_as_protection()
    {
        await using var loop = await WebLoop.StartAsync(
            build: builder => builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()),
            map: app => app.MapHumanLoop());
        using var known = await loop.GetAsync("/humanloop/api/v1/reviews");
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        using var anonymous = await loop.GetAsync("/humanloop/api/v1/reviews", null);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
    }

    [Fact]
    public async Task In_Development_local_callers_review_as_developer()
    {
        await using var loop = await WebLoop.StartAsync(map: app => app.MapHumanLoop(), environment: "Development");
        await loop.RouteAsync(1);
        using var claimed = await loop.PostAsync("/humanloop/api/v1/reviews/claim", new { }, null);
        Assert.Contains("\"holder\":\"developer\"", await claimed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "10.0.0.7")]
    [InlineData("Forwarded", "for=10.0.0.7")]
    [InlineData("Host", "rebound.example.com")]
    public async Task In_Development_a_caller_that_is_not_local_is_refused(string header, string value)
    {
        await using var loop = await WebLoop.StartAsync(map: app => app.MapHumanLoop(), environment: "Development");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/humanloop/api/v1/reviews") { Headers = { { header, value } } };
        using var response = await loop.SendAsync(request, null);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Each_permission_can_ask_for_a_policy_of_its_own()
    {
        await using var loop = await WebLoop.StartAsync(map: app => app.MapHumanLoop("/humanloop", options =>
        {
            options.GovernPolicy = "Owners";
            options.AdministerPolicy = "Owners";
            options.IngestPolicy = "Owners";
        }).RequireAuthorization("Reviewers"));
        var id = Assert.Single(await loop.RouteAsync(1));
        (string Path, object Body)[] calls =
        [
            ("workflows/refund/pause", new { }),
            ("workflows/refund/resume", new { }),
            ("reviews/assign", new { ids = new[] { id }, person = "bob" }),
            ("reviews/release", new { ids = new[] { id } }),
            ("workflows/refund/outcomes", new { decisionId = "d-1", wasRight = true }),
        ];
        foreach (var (path, body) in calls)
        {
            await loop.ProblemAsync(loop.PostAsync($"/humanloop/api/v1/{path}", body), HttpStatusCode.Forbidden, "not_allowed");
            await loop.JsonAsync(loop.PostAsync($"/humanloop/api/v1/{path}", body, "olga:owner"));
        }
    }

    [Fact]
    public async Task A_policy_for_each_permission_protects_as_well_as_the_group_does()
    {
        await using var loop = await WebLoop.StartAsync(map: app => app.MapHumanLoop("/humanloop", options => options.ViewPolicy = "Owners"));
        await loop.ProblemAsync(loop.GetAsync("/humanloop/api/v1/reviews", null), HttpStatusCode.Unauthorized, "not_signed_in");
        await loop.ProblemAsync(loop.GetAsync("/humanloop/api/v1/reviews"), HttpStatusCode.Forbidden, "not_allowed");
        await loop.JsonAsync(loop.GetAsync("/humanloop/api/v1/reviews", "olga:owner"));
    }

    [Fact]
    public async Task A_workflow_with_roles_is_reviewed_by_them_alone()
    {
        await using var loop = await WebLoop.StartAsync(
            loop: added => added.AddWorkflow<Line>("other"),
            settings: ("Review:Roles:0", "finance"));
        var id = Assert.Single(await loop.RouteAsync(1));
        Assert.Equal("[]", (await loop.JsonAsync(loop.PostAsync("/humanloop/api/v1/reviews/claim", new { }, "ann:support"))).GetRawText());
        Assert.Equal(0, (await loop.JsonAsync(loop.GetAsync("/humanloop/api/v1/reviews", "ann:support"))).GetProperty("reviews").GetArrayLength());
        await loop.ProblemAsync(loop.GetAsync($"/humanloop/api/v1/reviews/{id}", "ann:support"), HttpStatusCode.NotFound, "not_found");
        await loop.ProblemAsync(loop.PostAsync("/humanloop/api/v1/reviews/claim", new { workflow = "refund" }, "ann:support"), HttpStatusCode.NotFound, "not_found");
        await loop.ClaimAsync("fin:finance");
    }

    [Fact]
    public async Task A_user_whose_sign_in_gives_no_usable_name_is_refused()
    {
        await using var loop = await WebLoop.StartAsync(map: app => app.MapHumanLoop("/humanloop", options => options.Reviewer = user => user.FindFirst("employee")?.Value).RequireAuthorization("Reviewers"));
        await loop.ProblemAsync(loop.GetAsync("/humanloop/api/v1/reviews"), HttpStatusCode.Forbidden, "no_name");
    }

    [Fact]
    public void MapHumanLoop_without_the_loop_says_what_is_missing()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Contains("AddHumanLoop", Assert.Throws<InvalidOperationException>(() => app.MapHumanLoop()).Message, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(WebLoop loop, string path, string? user, HttpStatusCode status, string says)
    {
        using var response = await loop.GetAsync(path, user);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{path}: {response.StatusCode}");
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.Contains(path.Contains("/api/", StringComparison.Ordinal) ? "application/problem+json" : "text/html", response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
    }
}
