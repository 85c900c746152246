namespace HumanLoop.Notifying;

/// <summary>What a notification is about.</summary>
public enum NotificationKind
{
    /// <summary>Reviews passed their deadline.</summary>
    ReviewsOverdue = 0,

    /// <summary>Effects failed until their retries were used up.</summary>
    DeadLetters = 1,

    /// <summary>Reviews expired unanswered and were declined.</summary>
    ReviewsExpired = 2,

    /// <summary>Too many checked acts were wrong: a threshold is closed and everything is reviewed again.</summary>
    ThresholdAlarm = 3,

    /// <summary>The evidence allows a looser threshold, and the owner has to approve it.</summary>
    LooseningProposed = 4,

    /// <summary>People do not keep up: more reviews wait than <c>Review:MaxPending</c>, or the oldest longer than <c>Review:MaxAge</c>.</summary>
    PeopleBehind = 5,

    /// <summary>The workflow's metric reached its target.</summary>
    TargetReached = 6,

    /// <summary>The number that must not get worse did.</summary>
    GuardMissed = 7,

    /// <summary>Decisions wait for a person. Told by channels only, never to a notifier.</summary>
    ReviewsRequested = 8,

    /// <summary>Reviews have ended. Told by channels only, never to a notifier.</summary>
    ReviewsDecided = 9,
}
