namespace HumanLoop.Notifying;

/// <summary>Tells a person that something waits for them: mail, chat, pager.</summary>
/// <remarks>Called one digest at a time, never one for each item. A notifier that throws is logged and does not hold anything up; the reviews themselves are
/// in the queue, whatever happens to the message.</remarks>
/// <example>
/// <code>
/// internal sealed class PagerNotifier(IPager pager) : IReviewNotifier
/// {
///     public Task NotifyAsync(ReviewNotification notification, CancellationToken cancellationToken) =>
///         pager.SendAsync(notification.Recipient, notification.Text, cancellationToken);
/// }
///
/// builder.Services.AddHumanLoop().AddNotifier&lt;PagerNotifier&gt;();
/// </code>
/// </example>
public interface IReviewNotifier
{
    /// <summary>Sends one notification.</summary>
    /// <param name="notification">What to tell whom. It carries no payload.</param>
    /// <param name="cancellationToken">Cancelled at shutdown.</param>
    /// <returns>When it is sent.</returns>
    Task NotifyAsync(ReviewNotification notification, CancellationToken cancellationToken);
}
