namespace HumanLoop.Adapting;

/// <summary>What a controller is told.</summary>
public enum ThresholdObservationKind
{
    /// <summary>A decision was recorded; in the order of their sequence numbers.</summary>
    DecisionMade,

    /// <summary>A verdict on a reviewed decision arrived, in whatever order: it may close a threshold, never open one.</summary>
    OutcomeArrived,

    /// <summary>An outcome enters the evidence, in the order of the decisions; an overdue one enters as wrong.</summary>
    OutcomeCounted,

    /// <summary>An outcome that was counted as wrong turned out right.</summary>
    OutcomeCorrected,

    /// <summary>The body of evidence ends: another model or segment definition, or old age.</summary>
    EpochEnded,

    /// <summary>The goal is another; the evidence ends with the old one unless it serves both.</summary>
    GoalChanged,

    /// <summary>An operator sets a threshold, or takes it back by setting none.</summary>
    ThresholdForced,

    /// <summary>The owner approves the loosening that is proposed.</summary>
    LooseningApproved,

    /// <summary>The owner rejects the loosening that is proposed; the next node that the evidence certifies is proposed again.</summary>
    LooseningRejected,
}
