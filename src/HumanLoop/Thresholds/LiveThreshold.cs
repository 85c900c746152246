using HumanLoop.Adapting;

namespace HumanLoop;

/// <summary>A threshold as it is now, with the evidence behind it.</summary>
/// <remarks>A copy: nothing done to it changes the workflow.</remarks>
public sealed record LiveThreshold
{
    /// <summary>The segment whose own threshold it is; <see langword="null"/> for the one that is shared.</summary>
    public string? Segment { get; init; }

    /// <summary>The model whose decisions it is for.</summary>
    public string? Model { get; init; }

    /// <summary>The name of the policy that moves it, such as <c>risk-controlled</c>.</summary>
    public required string Policy { get; init; }

    /// <summary>All that the policy knows: threshold, share of checks, evidence, goal, and why it is closed. A <see cref="RiskControlledState"/> for the policy of that name.</summary>
    public required ThresholdState State { get; init; }

    /// <summary>When its present body of evidence began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>How many reviewed decisions have no answer yet, or wait behind one that has none.</summary>
    public int Waiting { get; init; }

    /// <summary>The proposal to loosen that waits for the owner: the id to approve or reject it by; <see langword="null"/> for none.</summary>
    public string? ProposalId { get; init; }
}
