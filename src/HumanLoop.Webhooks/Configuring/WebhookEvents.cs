using HumanLoop.Notifying;

namespace HumanLoop.Webhooks;

/// <summary>The types of webhook messages, as <c>type</c> in the body and in the setting <c>Events</c>.</summary>
public static class WebhookEvents
{
    /// <summary>Reviews passed their deadline. One digest for each workflow and person who is told.</summary>
    public const string ReviewOverdue = "review.overdue";

    /// <summary>Reviews expired unanswered and were declined. A digest.</summary>
    public const string ReviewExpired = "review.expired";

    /// <summary>The drift alarm closed a threshold. Sent at once, quiet hours or not.</summary>
    public const string ThresholdAlarm = "threshold.alarm";

    /// <summary>Effects failed until their retries were used up. A digest.</summary>
    public const string DeadLetter = "dead_letter";

    /// <summary>The evidence allows a looser threshold, and the owner has to approve it.</summary>
    public const string LooseningProposed = "loosening.proposed";

    /// <summary>The workflow's metric reached its target.</summary>
    public const string TargetReached = "target.reached";

    /// <summary>The number that must not get worse did.</summary>
    public const string GuardMissed = "guard.missed";

    /// <summary>Decisions wait for a person, by id: for tools that give verdicts from outside. A digest; not among the default events.</summary>
    public const string ReviewRequested = "review.requested";

    /// <summary>Reviews ended, by id and how. A digest; not among the default events.</summary>
    public const string ReviewDecided = "review.decided";

    /// <summary>Every type.</summary>
    public static IReadOnlyList<string> All { get; } = [ReviewOverdue, ReviewExpired, ThresholdAlarm, DeadLetter, LooseningProposed, TargetReached, GuardMissed, ReviewRequested, ReviewDecided];

    /// <summary>What an owner is told of unless the settings say otherwise: everything but <see cref="ReviewRequested"/> and <see cref="ReviewDecided"/>.</summary>
    public static IReadOnlyList<string> ForOwners { get; } = [.. All.Except([ReviewRequested, ReviewDecided])];

    /// <summary>What a message tells.</summary>
    internal static NotificationKind KindOf(string type) => type switch
    {
        ReviewOverdue => NotificationKind.ReviewsOverdue,
        ReviewExpired => NotificationKind.ReviewsExpired,
        ThresholdAlarm => NotificationKind.ThresholdAlarm,
        DeadLetter => NotificationKind.DeadLetters,
        LooseningProposed => NotificationKind.LooseningProposed,
        TargetReached => NotificationKind.TargetReached,
        GuardMissed => NotificationKind.GuardMissed,
        ReviewRequested => NotificationKind.ReviewsRequested,
        _ => NotificationKind.ReviewsDecided,
    };

    /// <summary>Whether messages name the reviews that they are about.</summary>
    internal static bool NamesReviews(string type) => type is ReviewRequested or ReviewDecided;

    /// <summary>Whether several are gathered into one message.</summary>
    internal static bool IsDigest(string type) => type is ReviewOverdue or ReviewExpired or DeadLetter or ReviewRequested or ReviewDecided;

    /// <summary>Whether it waits for nothing, quiet hours included.</summary>
    internal static bool IsUrgent(string type) => type is ThresholdAlarm;
}
