using System.Text.Json;
using HumanLoop.AspNetCore.Admitting;
using HumanLoop.AspNetCore.Visiting;
using HumanLoop.Reporting;
using HumanLoop.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.AspNetCore.Api;

/// <summary>Workflows by JSON: charters, thresholds, the owner's say, and what the world reports.</summary>
internal static class WorkflowApi
{
    public static void Map(Site site)
    {
        site.Call("GET", "workflows", Permission.View, ListAsync);
        site.Call("GET", "workflows/{name}", Permission.View, GetAsync);
        site.Call("GET", "workflows/{name}/thresholds", Permission.View, ChangesAsync);
        site.Call("POST", "workflows/{name}/outcomes", Permission.Ingest, RecordOutcomeAsync);
        site.Call("POST", "workflows/{name}/pause", Permission.Govern, PauseAsync);
        site.Call("POST", "workflows/{name}/resume", Permission.Govern, ResumeAsync);
        site.Call("POST", "workflows/{name}/thresholds/{change}/approve", Permission.Govern, visit => AnswerAsync(visit, visit.Control.ApproveLooseningAsync));
        site.Call("POST", "workflows/{name}/thresholds/{change}/reject", Permission.Govern, visit => AnswerAsync(visit, visit.Control.RejectLooseningAsync));
        OpenApi.Map(site);
    }

    private static async Task ListAsync(Visit visit)
    {
        var workflows = new List<WorkflowJson>();
        foreach (var workflow in visit.AllWorkflows)
        {
            workflows.Add(await DescribeAsync(visit, workflow));
        }

        await visit.WriteAsync(workflows, ApiJsonContext.Default.IReadOnlyListWorkflowJson);
    }

    private static async Task GetAsync(Visit visit)
    {
        await visit.WriteAsync(await DescribeAsync(visit, visit.Workflow()), ApiJsonContext.Default.WorkflowDetailJson);
    }

    private static async Task ChangesAsync(Visit visit)
    {
        var changes = await visit.Control.GetThresholdChangesAsync(visit.Workflow().Name, visit.Aborted);
        await visit.WriteAsync([.. changes.Select(ThresholdChangeJson.Of)], ApiJsonContext.Default.IReadOnlyListThresholdChangeJson);
    }

    private static async Task RecordOutcomeAsync(Visit visit)
    {
        var workflow = visit.Workflow();
        var body = await visit.ReadAsync(ApiJsonContext.Default.OutcomeBody) ?? throw BadRequestException.Of("The body misses: an object with decisionId and wasRight.");
        var wasRight = body.WasRight ?? throw BadRequestException.Of("wasRight misses: whether the AI's original proposal turned out to be right.");
        if (body.ReportedBy?.Length > 200)
        {
            throw BadRequestException.Of("reportedBy has at most 200 characters.");
        }

        DecisionId id;
        try
        {
            id = new(body.DecisionId ?? throw BadRequestException.Of("decisionId misses: the id that the decision was routed with."));
        }
        catch (ArgumentException wrong)
        {
            throw BadRequestException.Of($"decisionId is none: {wrong.Message}");
        }

        var outcome = new DecisionOutcome(wasRight) { ObservedAt = body.ObservedAt, ReportedBy = body.ReportedBy ?? visit.Person };
        var result = await visit.Desk.RecordOutcomeAsync(new(workflow.Name, id), outcome, visit.Person, visit.Aborted);
        if (result == OutcomeResult.UnknownDecision)
        {
            throw BadRequestException.NotFound($"Workflow '{workflow.Name}' has no decision '{id}', or has forgotten it.");
        }

        await visit.WriteAsync(new OutcomeJson(result == OutcomeResult.Evidence ? "evidence" : "shown"), ApiJsonContext.Default.OutcomeJson);
    }

    private static async Task PauseAsync(Visit visit)
    {
        var workflow = visit.Workflow();
        var reason = (await visit.ReadAsync(ApiJsonContext.Default.PauseBody))?.Reason ?? "";
        if (reason.Length > 1000)
        {
            throw BadRequestException.Of("reason has at most 1000 characters.");
        }

        await visit.Control.PauseAsync(workflow.Name, visit.Person, reason, visit.Aborted);
        await visit.WriteAsync(new PausedJson(true), ApiJsonContext.Default.PausedJson);
    }

    private static async Task ResumeAsync(Visit visit)
    {
        var workflow = visit.Workflow();
        await visit.Control.ResumeAsync(workflow.Name, visit.Person, visit.Aborted);
        await visit.WriteAsync(new PausedJson(visit.Control.IsPaused(workflow.Name)), ApiJsonContext.Default.PausedJson);
    }

    private static async Task AnswerAsync(Visit visit, Func<string, string, string, CancellationToken, Task<ThresholdResult>> answer)
    {
        var workflow = visit.Workflow();
        if (await answer(workflow.Name, visit.RouteValue("change"), visit.Person, visit.Aborted) != ThresholdResult.Recorded)
        {
            await visit.RefuseAsync(new(409, "not_proposed", "No such proposal waits", "It was answered before, or its evidence has changed. Look again."));
            return;
        }

        await visit.WriteAsync(new ItemResultJson(visit.RouteValue("change"), "recorded"), ApiJsonContext.Default.ItemResultJson);
    }

    private static async Task<WorkflowDetailJson> DescribeAsync(Visit visit, WorkflowInfo workflow)
    {
        var thresholds = await visit.Control.GetThresholdsAsync(workflow.Name, visit.Aborted);
        var measure = (await QueueFigures.OfAsync(visit)).Of(workflow.Name);
        var scorecard = await visit.Http.RequestServices.GetRequiredService<IScorecards>().ReadAsync(workflow.Name, visit.Aborted);
        var charter = scorecard.Charter!;
        LiveThresholdJson[] live = [.. thresholds.Select(one => LiveThresholdJson.Of(one))];
        return new()
        {
            Name = workflow.Name,
            Owner = workflow.Owner,
            Mode = charter.Mode == WorkflowMode.Live ? "live" : "shadow",
            IsPaused = workflow.IsPaused,
            Metric = new(charter.MetricName, charter.Measure.ToString(), charter.AtLeast, charter.AtMost, charter.Baseline, charter.By),
            Goal = workflow.Goal.ToString(),
            AwaitingVerdict = measure.AwaitingVerdict,
            Overdue = measure.Overdue,
            DeadLetters = measure.DeadLetters,
            Says = [.. live.Select(one => one.Says)],
            Scorecard = JsonElement.Parse(ScorecardJson.Write(scorecard)),
            Thresholds = live,
            ProposalSchema = workflow.Schema,
            Guidelines = workflow.Guidelines,
            Reasons = workflow.Reasons,
        };
    }
}
