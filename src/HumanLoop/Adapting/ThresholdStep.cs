namespace HumanLoop.Adapting;

/// <summary>What an observation led to.</summary>
/// <param name="State">The state from now on; the one handed in is used up.</param>
/// <param name="Change">The change of the threshold, or the proposal of one; usually <see langword="null"/>.</param>
public readonly record struct ThresholdStep(ThresholdState State, ThresholdChange? Change);
