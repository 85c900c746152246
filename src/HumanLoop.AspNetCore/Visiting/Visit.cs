using HumanLoop.AspNetCore.Admitting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.AspNetCore.Visiting;

/// <summary>One call: who makes it, what they may see, and the loop behind it.</summary>
internal sealed class Visit(HttpContext http, HumanLoopWebOptions options, string pattern, bool isApi)
{
    public HttpContext Http { get; } = http;

    public bool IsApi { get; } = isApi;

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>Who calls; only after admission.</summary>
    public string Person => Admission.PersonOf(Http, options)!;

    /// <summary>What the caller can do.</summary>
    public IReadOnlyList<string> Skills => options.Skills(Http.User);

    public IReviewDesk Desk => Http.RequestServices.GetRequiredService<IReviewDesk>();

    public IWorkflowControl Control => Http.RequestServices.GetRequiredService<IWorkflowControl>();

    public TimeProvider Time => Http.RequestServices.GetRequiredService<TimeProvider>();

    /// <summary>The application's workflows, as they were when the call first asked.</summary>
    public IReadOnlyList<WorkflowInfo> AllWorkflows => field ??= Control.ListWorkflows();

    /// <summary>The workflows that the caller may review.</summary>
    public IEnumerable<WorkflowInfo> Workflows => AllWorkflows.Where(MayReview);

    /// <summary>The way from this call's address up to the prefix, such as <c>../../</c>: every address in a page is relative, so that it works behind whatever
    /// stands in front.</summary>
    public string Root
    {
        get
        {
            var isFolder = Depth > 0 && Http.Request.Path.Value is { } path && path.EndsWith('/');
            var ups = Math.Max(0, Depth - 1) + (isFolder ? 1 : 0);
            return ups == 0 ? "./" : string.Concat(Enumerable.Repeat("../", ups));
        }
    }

    /// <summary>Where the endpoints were mapped, as this application sees it.</summary>
    public string Prefix
    {
        get
        {
            var segments = (Http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
            return "/" + string.Join('/', segments.SkipLast(Math.Min(Depth, segments.Length)));
        }
    }

    private int Depth => pattern.Contains("**", StringComparison.Ordinal)
        ? (Http.GetRouteValue("rest") as string ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries).Length
        : pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Length;

    public ValueTask<bool> MayAsync(Permission permission) => Admission.MayAsync(Http, permission, options);

    /// <summary>Whether a workflow's <c>Review:Roles</c> let the caller review it. In Development's open inbox nobody has roles, and everybody may.</summary>
    public bool MayReview(WorkflowInfo workflow) =>
        workflow.Roles is [] || Http.User.Identity?.IsAuthenticated != true || workflow.Roles.Any(Http.User.IsInRole);

    public bool MayReview(string workflow) => FindWorkflow(workflow) is not { } known || MayReview(known);

    public WorkflowInfo? FindWorkflow(string name) => AllWorkflows.FirstOrDefault(workflow => workflow.Name == name);

    /// <summary>The workflow that the address names.</summary>
    public WorkflowInfo Workflow()
    {
        var name = RouteValue("name");
        return FindWorkflow(name) ?? throw BadRequestException.NotFound($"There is no workflow '{name}' here.");
    }

    /// <summary>The review that the address names, of a workflow that the caller may review.</summary>
    public ReviewId ReviewId() => Allowed(ReviewAddress.Parse(RouteValue("id")));

    /// <summary>A review that the caller may work on: of a workflow that they may not see there is none.</summary>
    public ReviewId Allowed(ReviewId id) => MayReview(id.Workflow) ? id : throw BadRequestException.NotFound($"There is no review '{ReviewAddress.Of(id)}'.");

    public string RouteValue(string key) => Http.GetRouteValue(key) as string ?? "";

    public string? Query(string key) => Http.Request.Query[key] is [{ Length: > 0 } value, ..] ? value : null;
}
