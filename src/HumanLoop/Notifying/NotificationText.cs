using System.Globalization;

namespace HumanLoop.Notifying;

/// <summary>A notification in a sentence, the same on every channel. It names no item.</summary>
internal static class NotificationText
{
    public static string Of(ReviewNotification message) => $"{message.Workflow}: {What(message)}{Waiting(message.Waiting, message.Oldest, message.At)}";

    private static string What(ReviewNotification message) => message.Kind switch
    {
        NotificationKind.ReviewsOverdue => Counted(message.Count, "review is overdue", "reviews are overdue"),
        NotificationKind.ReviewsExpired => Counted(message.Count, "review expired unanswered and was declined", "reviews expired unanswered and were declined"),
        NotificationKind.DeadLetters => Counted(message.Count, "effect failed until its retries were used up", "effects failed until their retries were used up"),
        NotificationKind.ThresholdAlarm => $"the drift alarm closed the threshold{Whose(message)}; everything is reviewed again",
        NotificationKind.LooseningProposed => $"the evidence allows a looser threshold{Whose(message)}, and the owner has to approve it",
        NotificationKind.TargetReached => $"'{message.Metric}' has reached its target",
        NotificationKind.GuardMissed => $"'{message.Metric}' is worse than its limit",
        NotificationKind.PeopleBehind => "people do not keep up",
        NotificationKind.ReviewsRequested => Counted(message.Count, "decision needs a person", "decisions need a person"),
        _ => Counted(message.Count, "review has ended", "reviews have ended"),
    };

    private static string Whose(ReviewNotification message) => (message.Segment, message.Model) switch
    {
        (null, null) => "",
        (null, _) => $" of model {message.Model}",
        (_, null) => $" of segment {message.Segment}",
        _ => $" of segment {message.Segment} and model {message.Model}",
    };

    private static string Waiting(long? waiting, DateTimeOffset? oldest, DateTimeOffset now) =>
        waiting is not > 0 ? ""
        : oldest is { } since ? string.Create(CultureInfo.InvariantCulture, $"; {waiting} waiting, oldest {Age(now - since)}")
        : string.Create(CultureInfo.InvariantCulture, $"; {waiting} waiting");

    private static string Counted(int count, string one, string several) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : several)}");

    private static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (long)age.TotalSeconds)} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(long)age.TotalMinutes} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(long)age.TotalHours} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)age.TotalDays} days"),
    };
}
