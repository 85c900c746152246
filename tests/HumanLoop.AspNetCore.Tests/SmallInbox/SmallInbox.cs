using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanLoop.AspNetCore.Tests.SmallInbox;

/// <summary>An inbox as an application would write its own: from public types of the core, with nothing of the package under test.</summary>
internal static class SmallInbox
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/inbox", (IWorkflowControl control) => control.ListWorkflows()
            .Select(workflow => new { workflow.Name, workflow.Owner, workflow.IsPaused, Fields = Fields(workflow.Schema), workflow.Guidelines, workflow.Reasons, workflow.Roles }));
        app.MapPost("/inbox/{workflow}/next", async (string workflow, HttpContext http, IReviewDesk desk) =>
            await desk.ClaimAsync(new() { Workflow = workflow }, Reviewer(http), http.RequestAborted) is [var review] ? Results.Json(Card.Of(review)) : Results.NoContent());
        app.MapGet("/inbox/{workflow}/{id}", async (string workflow, string id, IReviewDesk desk) =>
            await desk.GetAsync(new(workflow, id)) is { } review ? Results.Json(Card.Of(review)) : Results.NotFound());
        app.MapPost("/inbox/{workflow}/{id}/decide", async (string workflow, string id, Answer answer, HttpContext http, IReviewDesk desk) =>
        {
            Verdict verdict = answer switch
            {
                { Corrected: { } proposal } => new Verdict.Corrected(proposal) { Reason = answer.Reason },
                { Approved: true } => new Verdict.Approved(),
                _ => new Verdict.Rejected { Reason = answer.Reason },
            };
            var result = await desk.DecideAsync(new(workflow, id), answer.Revision, verdict, Reviewer(http));
            return result.IsApplied ? Results.Json(Card.Of(result.Review!)) : Results.Json(new { Why = result.Status.ToString(), result.Problem }, statusCode: StatusCodes.Status409Conflict);
        });
    }

    private static string Reviewer(HttpContext http) => http.Request.Headers["X-User"].ToString();

    /// <summary>What a form would have an input for.</summary>
    private static IEnumerable<string> Fields(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(property => property.Name);

    internal sealed record Answer(long Revision, bool Approved, JsonElement? Corrected, string? Reason);

    private sealed record Card(string Id, long Revision, string State, JsonElement? Proposal, double Confidence, string? Briefing, string? Verdict)
    {
        public static Card Of(Review review) => new(review.Id.DecisionId.Value, review.Revision, review.State.ToString(), review.Proposal, review.Confidence.Value, review.Briefing, review.Verdict?.Reviewer);
    }
}
