using System.Collections.Concurrent;
using HumanLoop.Notifying;

namespace HumanLoop.Tests.Journey;

/// <summary>Keeps what people would have been told, and then does what the test says.</summary>
internal sealed class CollectingNotifier : IReviewNotifier
{
    private readonly ConcurrentQueue<ReviewNotification> _told = new();

    public IReadOnlyList<ReviewNotification> Told => [.. _told];

    public Func<CancellationToken, Task> Does { get; set; } = _ => Task.CompletedTask;

    public Task NotifyAsync(ReviewNotification notification, CancellationToken cancellationToken)
    {
        _told.Enqueue(notification);
        return Does(cancellationToken);
    }
}
