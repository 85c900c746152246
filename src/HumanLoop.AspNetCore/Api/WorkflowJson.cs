namespace HumanLoop.AspNetCore.Api;

/// <summary>A workflow in a list: its charter and what waits.</summary>
internal record WorkflowJson
{
    public required string Name { get; init; }

    public required string Owner { get; init; }

    public required string Mode { get; init; }

    public required bool IsPaused { get; init; }

    public required MetricJson Metric { get; init; }

    public required string Goal { get; init; }

    public required long AwaitingVerdict { get; init; }

    public required long Overdue { get; init; }

    public required long DeadLetters { get; init; }

    public required IReadOnlyList<string> Says { get; init; }
}
