namespace HumanLoop.Adapting;

/// <summary>All that judging a decision needs of a threshold. Immutable: replace it whole.</summary>
/// <param name="Threshold">The threshold in force.</param>
/// <param name="AuditProbability">The probability with which a decision that goes straight through is checked.</param>
/// <param name="LowestProbability">φ: to be recorded with every decision.</param>
/// <param name="Epoch">The body of evidence; to be recorded with every decision.</param>
/// <param name="IsEarned">Whether evidence stands behind the threshold; false for a declared, kept or forced one.</param>
internal sealed record ThresholdSnapshot(Threshold Threshold, ReviewProbability AuditProbability, ReviewProbability LowestProbability, int Epoch, bool IsEarned);
