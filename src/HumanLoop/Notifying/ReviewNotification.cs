namespace HumanLoop.Notifying;

/// <summary>Something that waits for a person.</summary>
/// <param name="Kind">What.</param>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Recipient">Whom to tell.</param>
/// <param name="Count">How many items it is about.</param>
/// <param name="At">When it was noticed.</param>
public sealed record ReviewNotification(NotificationKind Kind, string Workflow, string Recipient, int Count, DateTimeOffset At)
{
    /// <summary>The segment whose threshold it is about; <see langword="null"/> where it is about none.</summary>
    public string? Segment { get; init; }

    /// <summary>The model whose threshold it is about; <see langword="null"/> where it is about none.</summary>
    public string? Model { get; init; }

    /// <summary>The metric or guard that it is about; <see langword="null"/> where it is about none.</summary>
    public string? Metric { get; init; }

    /// <summary>How many reviews wait; <see langword="null"/> where that is not told.</summary>
    public long? Waiting { get; init; }

    /// <summary>Since when the oldest of them waits; <see langword="null"/> where that is not told.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>All of it in a sentence, such as "refund: 12 reviews are overdue; 34 waiting, oldest 2 h". It names no item and carries no payload.</summary>
    public string Text => NotificationText.Of(this);
}
