namespace HumanLoop.Reviewing;

/// <summary>Something that waits for a person.</summary>
/// <param name="Kind">What.</param>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Recipient">Whom to tell.</param>
/// <param name="Count">How many items it is about.</param>
/// <param name="At">When it was noticed.</param>
public sealed record ReviewNotification(NotificationKind Kind, string Workflow, string Recipient, int Count, DateTimeOffset At);
