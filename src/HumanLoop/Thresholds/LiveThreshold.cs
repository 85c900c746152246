namespace HumanLoop;

/// <summary>A threshold as it is now, with the evidence behind it.</summary>
/// <remarks>A copy of values: nothing done to it changes the workflow. Immutable.</remarks>
public sealed record LiveThreshold
{
    /// <summary>The segment whose own threshold it is; <see langword="null"/> for the one that is shared.</summary>
    public string? Segment { get; init; }

    /// <summary>The model whose decisions it is for.</summary>
    public string? Model { get; init; }

    /// <summary>The name of the policy that moves it, such as <c>risk-controlled</c>.</summary>
    public required string Policy { get; init; }

    /// <summary>The threshold in force.</summary>
    public required Threshold Threshold { get; init; }

    /// <summary>The loosest threshold that may be forced without giving up the promise; for a policy that promises nothing, the one in force.</summary>
    public required Threshold Earned { get; init; }

    /// <summary>The probability with which a decision that goes straight through is checked.</summary>
    public required ReviewProbability AuditProbability { get; init; }

    /// <summary>What is known at the threshold in force or, while everything is reviewed, at the one that is tested first.</summary>
    public required ThresholdEvidence Evidence { get; init; }

    /// <summary>The goal in force.</summary>
    public required ThresholdGoal Goal { get; init; }

    /// <summary>The number of the body of evidence, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Whether evidence stands behind the threshold in force. False while everything is reviewed.</summary>
    public required bool IsEarned { get; init; }

    /// <summary>Whether the threshold in force is looser than what was earned because a person forced it: then nothing is promised.</summary>
    public bool IsGuaranteeVoid { get; init; }

    /// <summary>Whether the policy promises the goal's error rate at all. False for fixed, streak and Wilson thresholds.</summary>
    public bool HasPromise { get; init; }

    /// <summary>Why everything is reviewed: names from <see cref="ThresholdReasons"/>, the weightiest first; empty while something goes straight through.</summary>
    public IReadOnlyList<string> WhyClosed { get; init; } = [];

    /// <summary>When its present body of evidence began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>How many reviewed decisions have no answer yet, or wait behind one that has none.</summary>
    public int Waiting { get; init; }

    /// <summary>The proposal to loosen that waits for the owner: the id to approve or reject it by; <see langword="null"/> for none.</summary>
    public string? ProposalId { get; init; }

    /// <summary>All of it in a sentence, with a forecast while it is closed and there is enough to forecast from.</summary>
    public string Says { get; init; } = "";
}
