namespace HumanLoop.Adapting;

/// <summary>One thing that a controller is told: numbers only, fixed when they were recorded.</summary>
/// <remarks>Made by the factories, one for each <see cref="ThresholdObservationKind"/>. Immutable.</remarks>
public readonly record struct ThresholdObservation
{
    private readonly ReviewedDecision _decision;

    private ThresholdObservation(ThresholdObservationKind kind, in ReviewedDecision decision)
    {
        Kind = kind;
        _decision = decision;
    }

    /// <summary>What happened.</summary>
    public ThresholdObservationKind Kind { get; }

    /// <summary>The decision that it is about, as recorded when it was made; <c>default</c> for what is about no decision.</summary>
    public ReviewedDecision Decision => _decision;

    /// <summary>Whether the AI's proposal was right.</summary>
    public bool WasRight { get; private init; }

    /// <summary>Whether the answer is missing past its deadline, and counts as wrong for that.</summary>
    public bool IsOverdue { get; private init; }

    /// <summary>The threshold that an operator sets; <see langword="null"/> takes an earlier one back.</summary>
    public Threshold? Forced { get; private init; }

    /// <summary>The goal from now on; <see langword="null"/> where it does not change.</summary>
    public ThresholdGoal? Goal { get; private init; }

    /// <summary>Whether the threshold stays in force in the next epoch, not yet earned, with every act checked.</summary>
    public bool KeepsThreshold { get; private init; }

    /// <summary>Whether a forced threshold may be looser than what was earned, which voids the promise.</summary>
    public bool MayVoidGuarantee { get; private init; }

    /// <summary>Why, in stable snake_case.</summary>
    public string? Reason { get; private init; }

    /// <summary>Who; <see langword="null"/> for the library itself.</summary>
    public string? Actor { get; private init; }

    /// <summary>A decision was recorded.</summary>
    /// <param name="decision">The decision.</param>
    /// <returns>The observation.</returns>
    public static ThresholdObservation DecisionRecorded(in ReviewedDecision decision) => new(ThresholdObservationKind.DecisionMade, decision);

    /// <summary>A verdict on a reviewed decision arrived for the first time.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="wasRight">Whether the AI's proposal was right.</param>
    /// <returns>The observation.</returns>
    public static ThresholdObservation OutcomeArrived(in ReviewedDecision decision, bool wasRight) =>
        new(ThresholdObservationKind.OutcomeArrived, decision) { WasRight = wasRight };

    /// <summary>An outcome's turn has come to enter the evidence.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="wasRight">Whether the AI's proposal was right; false for a missing answer.</param>
    /// <param name="isOverdue">Whether the answer is missing past its deadline, withdrawn or impossible to get.</param>
    /// <returns>The observation.</returns>
    public static ThresholdObservation OutcomeCounted(in ReviewedDecision decision, bool wasRight, bool isOverdue = false) =>
        new(ThresholdObservationKind.OutcomeCounted, decision) { WasRight = wasRight && !isOverdue, IsOverdue = isOverdue };

    /// <summary>An outcome that was counted as wrong has become known, or known better.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="wasRight">What it is now.</param>
    /// <param name="wasOverdue">Whether it had been counted for being overdue.</param>
    /// <returns>The observation.</returns>
    public static ThresholdObservation Corrected(in ReviewedDecision decision, bool wasRight, bool wasOverdue) =>
        new(ThresholdObservationKind.OutcomeCorrected, decision) { WasRight = wasRight, IsOverdue = wasOverdue };

    /// <summary>The body of evidence ends and another begins.</summary>
    /// <param name="reason">For example <c>new_model</c>; see <see cref="ThresholdReasons"/>.</param>
    /// <param name="keepsThreshold">Whether the threshold stays, with every act checked until it is earned again.</param>
    /// <param name="actor">Who did it.</param>
    /// <returns>The observation.</returns>
    public static ThresholdObservation EpochEnds(string reason, bool keepsThreshold = false, string? actor = null) =>
        new(ThresholdObservationKind.EpochEnded, default) { Reason = reason, KeepsThreshold = keepsThreshold, Actor = actor };

    /// <summary>The configuration asks for another goal.</summary>
    /// <param name="goal">The goal from now on; the evidence is kept if it serves that goal too.</param>
    /// <param name="actor">Who did it.</param>
    /// <returns>The observation.</returns>
    public static ThresholdObservation GoalSet(ThresholdGoal goal, string? actor = null) =>
        new(ThresholdObservationKind.GoalChanged, default) { Goal = goal, Actor = actor };

    /// <summary>An operator sets a threshold.</summary>
    /// <param name="threshold">The threshold; <see langword="null"/> takes an earlier one back.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="mayVoidGuarantee">Whether it may be looser than what was earned.</param>
    /// <returns>The observation.</returns>
    public static ThresholdObservation Force(Threshold? threshold, string actor, bool mayVoidGuarantee = false) =>
        new(ThresholdObservationKind.ThresholdForced, default) { Forced = threshold, Actor = actor, MayVoidGuarantee = mayVoidGuarantee };

    /// <summary>The owner approves the proposed loosening.</summary>
    /// <param name="actor">Who did it.</param>
    /// <returns>The observation.</returns>
    public static ThresholdObservation Approve(string actor) => new(ThresholdObservationKind.LooseningApproved, default) { Actor = actor };

    /// <summary>The owner rejects the proposed loosening.</summary>
    /// <param name="actor">Who did it.</param>
    /// <returns>The observation.</returns>
    public static ThresholdObservation Reject(string actor) => new(ThresholdObservationKind.LooseningRejected, default) { Actor = actor };
}
