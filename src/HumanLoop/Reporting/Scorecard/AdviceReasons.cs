namespace HumanLoop.Reporting;

/// <summary>Why a scorecard advises what it does: stable names for records and surfaces.</summary>
public static class AdviceReasons
{
    /// <summary>Go on: no decision was made yet.</summary>
    public const string NoDecisionYet = "no_decision_yet";

    /// <summary>Go on: the evidence is still being gathered.</summary>
    public const string Learning = "learning";

    /// <summary>Go on: the target is not reached yet.</summary>
    public const string TargetAhead = "target_ahead";

    /// <summary>Go on: at this pace the target will be reached too late.</summary>
    public const string BehindSchedule = "behind_schedule";

    /// <summary>Go on: the metric, or the guard, is one that the application records, and it has not yet.</summary>
    public const string NotMeasured = "not_measured";

    /// <summary>Go on: the target is reached, but on too few decisions to be sure.</summary>
    public const string TargetReachedNotSure = "target_reached_not_sure";

    /// <summary>Go on: the target is reached, by a threshold that was declared or forced and not earned.</summary>
    public const string TargetReachedNotEarned = "target_reached_not_earned";

    /// <summary>Hold: it is paused.</summary>
    public const string Paused = "paused";

    /// <summary>Hold: the drift alarm closed a threshold within the last two weeks.</summary>
    public const string DriftAlarm = "drift_alarm";

    /// <summary>Hold: dead letters wait for a person.</summary>
    public const string DeadLetters = "dead_letters";

    /// <summary>Hold: people do not keep up with the reviews.</summary>
    public const string ReviewsOverdue = "reviews_overdue";

    /// <summary>Hold: the target's date has passed and the target is not reached.</summary>
    public const string TargetMissed = "target_missed";

    /// <summary>Stop: the guard is missed.</summary>
    public const string GuardMissed = "guard_missed";

    /// <summary>Stop: more of what acted alone was wrong than allowed, beyond chance.</summary>
    public const string ErrorsAboveLimit = "errors_above_limit";

    /// <summary>Stop: even the surest decisions are wrong too often.</summary>
    public const string TargetUnreachable = "target_unreachable";

    /// <summary>Stop: the confidence does not tell right from wrong.</summary>
    public const string ScoreUseless = "score_useless";

    /// <summary>Expand: the target is reached and the promise is kept.</summary>
    public const string TargetReached = "target_reached";

    /// <summary>Expand: in shadow mode a threshold was earned; it may act.</summary>
    public const string EarnedInShadow = "earned_in_shadow";
}
