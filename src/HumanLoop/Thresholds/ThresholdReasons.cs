namespace HumanLoop;

/// <summary>Why a threshold changed, or why it is closed: stable names for records and surfaces.</summary>
public static class ThresholdReasons
{
    /// <summary>The evidence allows a looser threshold.</summary>
    public const string Earned = "earned";

    /// <summary>The owner declared the threshold; it is in force and not yet earned.</summary>
    public const string DeclaredByOwner = "declared_by_owner";

    /// <summary>The owner approved what the evidence proposed.</summary>
    public const string OwnerApproved = "owner_approved";

    /// <summary>The owner rejected what the evidence proposed.</summary>
    public const string OwnerRejected = "owner_rejected";

    /// <summary>An operator set the threshold.</summary>
    public const string Forced = "forced";

    /// <summary>An operator took a forced threshold back.</summary>
    public const string Released = "released";

    /// <summary>More of the checked acts were wrong than allowed: everything is reviewed again.</summary>
    public const string DriftAlarm = "drift_alarm";

    /// <summary>A verdict was corrected from right to wrong and the threshold no longer stands.</summary>
    public const string VerdictCorrected = "verdict_corrected";

    /// <summary>Another model or prompt version.</summary>
    public const string NewModel = "new_model";

    /// <summary>Another goal.</summary>
    public const string NewGoal = "new_goal";

    /// <summary>The policy's own rule moved it: a streak, a window or costs.</summary>
    public const string PolicyRule = "policy_rule";

    /// <summary>Closed: the first confidences are still being collected.</summary>
    public const string CollectingGrid = "collecting_grid";

    /// <summary>Closed: nothing speaks against opening but the number of outcomes.</summary>
    public const string TooFewOutcomes = "too_few_outcomes";

    /// <summary>Closed: too many of the surest decisions were wrong.</summary>
    public const string ErrorRateTooHigh = "error_rate_too_high";

    /// <summary>Closed: the confidence does not tell right from wrong.</summary>
    public const string ScoreUseless = "score_useless";

    /// <summary>Closed: answers are overdue and count as wrong, or hold up those that come after them.</summary>
    public const string OutcomesOverdue = "outcomes_overdue";

    /// <summary>Closed: nothing is sure enough to be worth acting without a review, by the costs that were given.</summary>
    public const string ReviewCostsLess = "review_costs_less";

    /// <summary>Closed: even the surest decisions are wrong more often than the goal allows, beyond doubt.</summary>
    public const string TargetUnreachable = "target_unreachable";
}
