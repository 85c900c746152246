namespace HumanLoop;

/// <summary>A change of a threshold, or a proposal to change it, as it is on record.</summary>
/// <param name="Id">The change's name, unique in its workflow: what <see cref="IWorkflowControl.ApproveLooseningAsync"/> takes.</param>
/// <param name="At">When it happened, by the store's time.</param>
/// <param name="Segment">The segment whose own threshold it is; <see langword="null"/> for the one that is shared.</param>
/// <param name="Model">The model whose decisions it is about; <see langword="null"/> for decisions that name none.</param>
/// <param name="Change">What changed, why, by whom, on which evidence and for which goal.</param>
public sealed record RecordedThresholdChange(string Id, DateTimeOffset At, string? Segment, string? Model, ThresholdChange Change);
