namespace HumanLoop.Adapting;

/// <summary>What a record led to.</summary>
/// <param name="Changes">The changes of the threshold, in order; usually none.</param>
/// <param name="NeedsRecount">Whether an outcome that was counted as right is wrong, so that <see cref="EvidenceSequencer.Recount"/> has to follow before
/// anything else.</param>
internal readonly record struct EvidenceStep(IReadOnlyList<ThresholdChange> Changes, bool NeedsRecount = false);
