using System.Text.Json;

namespace HumanLoop;

/// <summary>A workflow as this application has it: what an inbox, a form for its proposals or an owner's page is made from.</summary>
/// <remarks>A snapshot of settings that can be reloaded; immutable.</remarks>
public sealed record WorkflowInfo
{
    /// <summary>The workflow's name.</summary>
    public required string Name { get; init; }

    /// <summary>The one person who owns it.</summary>
    public required string Owner { get; init; }

    /// <summary>Whether everything goes to a person: paused in the store, or stopped in this process.</summary>
    public bool IsPaused { get; init; }

    /// <summary>What its thresholds have to keep to.</summary>
    public required ThresholdGoal Goal { get; init; }

    /// <summary>The JSON schema (draft 2020-12) of its proposals and of corrections to them.</summary>
    public required JsonElement Schema { get; init; }

    /// <summary>What a reviewer should know to judge alike; <see langword="null"/> for nothing.</summary>
    public string? Guidelines { get; init; }

    /// <summary>The reason codes that reviewers are offered: <c>Review:Reasons</c> and after them <c>Review:ReasonsProposalWasRight</c>.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The roles that may review; empty for everybody whom the inbox lets in. An inbox asks, the desk does not.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>How long a reviewer holds a review without a sign of life (<see cref="IReviewDesk.ExtendAsync"/>).</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>How long a verdict can be taken back (<see cref="IReviewDesk.UndoAsync"/>).</summary>
    public TimeSpan UndoWindow { get; init; }
}
