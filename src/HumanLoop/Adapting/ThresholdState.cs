namespace HumanLoop.Adapting;

/// <summary>What a controller knows, for one workflow or segment: fast in memory, versioned JSON at rest.</summary>
/// <remarks>Belongs to the controller, which may change it in place; never share it. Others read a <see cref="ThresholdSnapshot"/>.</remarks>
public abstract class ThresholdState
{
    /// <summary>The goal in force.</summary>
    public abstract ThresholdGoal Goal { get; }

    /// <summary>The threshold in force.</summary>
    public abstract Threshold Threshold { get; }

    /// <summary>The probability with which a decision that goes straight through is checked.</summary>
    public abstract ReviewProbability AuditProbability { get; }

    /// <summary>The number of the body of evidence, from 1.</summary>
    public abstract int Epoch { get; }

    /// <summary>Whether evidence stands behind the threshold in force. False while everything is reviewed.</summary>
    public abstract bool IsEarned { get; }

    /// <summary>What is known at the threshold in force or, while everything is reviewed, at the one that is tested first.</summary>
    public abstract ThresholdEvidence Evidence { get; }

    /// <summary>φ: the lowest review probability in force for anything at or above the threshold; 1 while everything is reviewed.</summary>
    public ReviewProbability LowestProbability => Threshold.IsReviewEverything ? ReviewProbability.Always : AuditProbability;

    /// <summary>What judging a decision needs, as of now.</summary>
    internal ThresholdSnapshot Snapshot => new(Threshold, AuditProbability, LowestProbability, Epoch, IsEarned);

    /// <summary>Why everything is reviewed: names from <see cref="ThresholdReasons"/>, the weightiest first; empty while something goes straight through.</summary>
    /// <returns>The reasons.</returns>
    public abstract IReadOnlyList<string> WhyClosed();

    /// <summary>Writes the state as JSON that the same controller's <see cref="IThresholdController.Load"/> reads, in every later version.</summary>
    /// <returns>At most 16 KiB.</returns>
    public abstract string Save();
}
