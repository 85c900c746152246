namespace HumanLoop.Reviewing;

/// <summary>What a notification is about.</summary>
public enum NotificationKind
{
    /// <summary>Reviews passed their deadline.</summary>
    ReviewsOverdue = 0,

    /// <summary>Effects failed until their retries were used up.</summary>
    DeadLetters = 1,

    /// <summary>Reviews expired unanswered and were declined.</summary>
    ReviewsExpired = 2,
}
