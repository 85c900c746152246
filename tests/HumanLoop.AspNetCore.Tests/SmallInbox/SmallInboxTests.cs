using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.AspNetCore.Tests.SmallInbox;

public sealed class SmallInboxTests
{
    [Fact]
    public async Task Public_types_alone_make_an_inbox_that_lists_shows_and_decides()
    {
        await using var loop = await WebLoop.StartAsync(map: SmallInbox.Map, settings: [("Review:Guidelines", "Look at the photo."), ("Review:Reasons:0", "wrong_amount"), ("Review:ReasonsProposalWasRight:0", "already_paid"), ("Review:Roles:0", "clerk")]);
        await loop.RouteAsync(2);

        var workflow = Assert.Single((await loop.JsonAsync(loop.GetAsync("/inbox"))).EnumerateArray(), one => one.GetProperty("name").GetString() == WebLoop.Name);
        Assert.Equal("Look at the photo.", workflow.GetProperty("guidelines").GetString());
        Assert.Equal(["wrong_amount", "already_paid"], Texts(workflow.GetProperty("reasons")));
        Assert.Equal(["clerk"], Texts(workflow.GetProperty("roles")));
        Assert.Contains("amount", Texts(workflow.GetProperty("fields")));
        Assert.False(workflow.GetProperty("isPaused").GetBoolean());

        var first = await loop.JsonAsync(loop.PostAsync($"/inbox/{WebLoop.Name}/next", null));
        var decided = await loop.JsonAsync(loop.PostAsync($"/inbox/{WebLoop.Name}/{first.GetProperty("id").GetString()}/decide", new { revision = first.GetProperty("revision").GetInt64(), approved = true }));
        Assert.Equal("ann", decided.GetProperty("verdict").GetString());

        var second = await loop.JsonAsync(loop.PostAsync($"/inbox/{WebLoop.Name}/next", null));
        var address = $"/inbox/{WebLoop.Name}/{second.GetProperty("id").GetString()}";
        Assert.Equal("The lamp came broken.", (await loop.JsonAsync(loop.GetAsync(address))).GetProperty("briefing").GetString());
        var corrected = JsonSerializer.SerializeToElement(new Refund("Ada", 2.50m), JsonSerializerOptions.Web);
        var stale = await loop.JsonAsync(loop.PostAsync($"{address}/decide", new { revision = 0, corrected }), HttpStatusCode.Conflict);
        Assert.Equal("StaleRevision", stale.GetProperty("why").GetString());
        await loop.JsonAsync(loop.PostAsync($"{address}/decide", new { revision = second.GetProperty("revision").GetInt64(), corrected, reason = "wrong_amount" }));

        using var none = await loop.PostAsync($"/inbox/{WebLoop.Name}/next", null);
        Assert.Equal(HttpStatusCode.NoContent, none.StatusCode);
    }

    [Fact]
    public async Task A_listed_workflow_says_how_it_stands_now()
    {
        await using var loop = await WebLoop.StartAsync(map: SmallInbox.Map, settings: [("Review:Lease", "00:02:00"), ("Review:UndoWindow", "00:00:30"), ("Threshold:MaxErrorRate", "0.02")]);
        var control = loop.App.Services.GetRequiredService<IWorkflowControl>();
        WorkflowInfo Listed() => control.ListWorkflows().Single(one => one.Name == WebLoop.Name);

        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(30), 0.02), (Listed().Lease, Listed().UndoWindow, Listed().Goal.MaxErrorRate));
        await control.PauseAsync(WebLoop.Name, "ann", "");
        Assert.True(Listed().IsPaused);
        Assert.True(control.ListWorkflows().All(one => one.Owner.Length > 0));
    }

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(one => one.GetString());
}
