namespace HumanLoop.AspNetCore.Pages;

/// <summary>The page on which one reviews.</summary>
internal sealed record DeskView(Frame Frame, IReadOnlyList<WorkflowInfo> Workflows, string? Workflow, string? Segment, string? Take);
