using HumanLoop.AspNetCore.Admitting;
using HumanLoop.AspNetCore.Internal;
using HumanLoop.AspNetCore.Visiting;
using HumanLoop.Notifying;
using HumanLoop.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>The owner's pages: all workflows at a glance, and each one's scorecard with the owner's say.</summary>
internal static class WorkflowPages
{
    private const int MaxReason = 1000;

    public static void Map(Site site)
    {
        site.Page("GET", "workflows", Permission.View, ShowAllAsync);
        site.Page("POST", "channels/{name}/enable", Permission.Administer, EnableAsync);
        site.Page("GET", "workflows/{name}", Permission.View, visit => ShowAsync(visit, null));
        site.Page("GET", "workflows/{name}/figures", Permission.View, async visit => await visit.WritePartAsync<WorkflowFigures>(await ReadAsync(visit, null)));
        site.Page("POST", "workflows/{name}/pause", Permission.Govern, PauseAsync);
        site.Page("POST", "workflows/{name}/resume", Permission.Govern, ResumeAsync);
        site.Page("POST", "workflows/{name}/thresholds/{change}/approve", Permission.Govern, visit => AnswerAsync(visit, visit.Control.ApproveLooseningAsync, "Approved: it will be in force within two seconds."));
        site.Page("POST", "workflows/{name}/thresholds/{change}/reject", Permission.Govern, visit => AnswerAsync(visit, visit.Control.RejectLooseningAsync, "Rejected: the threshold stays as it is."));
    }

    private static async Task ShowAllAsync(Visit visit)
    {
        var cards = new List<Scorecard>();
        foreach (var workflow in visit.AllWorkflows)
        {
            cards.Add(await Scorecards(visit).ReadAsync(workflow.Name, visit.Aborted));
        }

        var channels = new List<ChannelStatus>();
        foreach (var channel in Channels(visit))
        {
            channels.Add(await channel.GetStatusAsync(visit.Aborted));
        }

        await visit.WritePageAsync<AllWorkflows>(new AllWorkflowsView(new(visit, "Workflows", "workflows"), cards, channels, await visit.MayAsync(Permission.Administer)));
    }

    private static async Task EnableAsync(Visit visit)
    {
        var name = visit.RouteValue("name");
        var channel = Channels(visit).FirstOrDefault(channel => channel.Name == name) ?? throw BadRequestException.NotFound($"There is no channel '{name}' here.");
        await channel.EnableAsync(visit.Person, visit.Aborted);
        visit.Http.Response.Headers["HX-Refresh"] = "true";
    }

    private static async Task ShowAsync(Visit visit, string? notice) =>
        await visit.WritePageAsync<WorkflowPage>((new Frame(visit, visit.Workflow().Name, "workflows"), await ReadAsync(visit, notice)));

    private static async Task PauseAsync(Visit visit)
    {
        var workflow = visit.Workflow();
        var reason = (await visit.ReadFormAsync())["reason"].ToString().Trim();
        if (reason.Length > MaxReason)
        {
            throw BadRequestException.Of($"The reason has at most {MaxReason} characters.");
        }

        await visit.Control.PauseAsync(workflow.Name, visit.Person, reason, visit.Aborted);
        await visit.WritePartAsync<WorkflowFigures>(await ReadAsync(visit, "Paused: everything goes to a person."));
    }

    private static async Task ResumeAsync(Visit visit)
    {
        await visit.Control.ResumeAsync(visit.Workflow().Name, visit.Person, visit.Aborted);
        await visit.WritePartAsync<WorkflowFigures>(await ReadAsync(visit, visit.Control.IsPaused(visit.Workflow().Name) ? "This process is still stopped locally." : "Resumed."));
    }

    private static async Task AnswerAsync(Visit visit, Func<string, string, string, CancellationToken, Task<ThresholdResult>> answer, string done)
    {
        var result = await answer(visit.Workflow().Name, visit.RouteValue("change"), visit.Person, visit.Aborted);
        await visit.WritePartAsync<WorkflowFigures>(await ReadAsync(visit, result == ThresholdResult.Recorded ? done : "That proposal does not wait any more: it was answered before, or its evidence has changed."));
    }

    private static async Task<WorkflowView> ReadAsync(Visit visit, string? notice)
    {
        var workflow = visit.Workflow();
        return new(await Scorecards(visit).ReadAsync(workflow.Name, visit.Aborted), visit.Control.IsPaused(workflow.Name), await visit.MayAsync(Permission.Govern), notice);
    }

    private static IEnumerable<INotificationChannel> Channels(Visit visit) => visit.Http.RequestServices.GetServices<INotificationChannel>();

    private static IScorecards Scorecards(Visit visit) => visit.Http.RequestServices.GetRequiredService<IScorecards>();
}
