namespace HumanLoop.Notifying;

/// <summary>Something that waits for a person.</summary>
/// <param name="Kind">What.</param>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Recipient">Whom to tell.</param>
/// <param name="Count">How many items it is about.</param>
/// <param name="At">When it was noticed.</param>
public sealed record ReviewNotification(NotificationKind Kind, string Workflow, string Recipient, int Count, DateTimeOffset At)
{
    /// <summary>All of it in a sentence, such as "refund: 12 reviews are overdue; 34 waiting, oldest 2 h". It names no item and carries no payload.</summary>
    /// <value>The default is empty.</value>
    public string Text { get; init; } = "";
}
