namespace HumanLoop.Assessing;

/// <summary>What became of the decisions whose confidence lies in one of several equal bins: one point of a reliability diagram.</summary>
/// <param name="From">The lower end of the bin, included.</param>
/// <param name="To">The upper end of the bin; included in the last one.</param>
/// <param name="Weight">How many decisions the outcomes stand for.</param>
/// <param name="MeanConfidence">Their mean confidence, in [0, 1].</param>
/// <param name="Accuracy">The share of them that was right, in [0, 1].</param>
public readonly record struct ReliabilityBin(double From, double To, double Weight, double MeanConfidence, double Accuracy);
