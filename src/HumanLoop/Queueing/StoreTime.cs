namespace HumanLoop.Queueing;

/// <summary>The time by which leases and deadlines are told: the queue's, where it has one.</summary>
internal sealed class StoreTime(IReviewQueue queue, TimeProvider time)
{
    public DateTimeOffset Now => queue is IStoreClock clock ? clock.StoreNow : time.GetUtcNow();
}
