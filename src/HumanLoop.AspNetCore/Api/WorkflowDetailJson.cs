using System.Text.Json;

namespace HumanLoop.AspNetCore.Api;

/// <summary>A workflow with its live thresholds, the evidence behind them, and what a form for its proposals is made from.</summary>
internal sealed record WorkflowDetailJson : WorkflowJson
{
    public required IReadOnlyList<LiveThresholdJson> Thresholds { get; init; }

    public required JsonElement ProposalSchema { get; init; }

    public string? Guidelines { get; init; }

    public required IReadOnlyList<string> Reasons { get; init; }
}
