namespace HumanLoop.Queueing;

/// <summary>A queue that hears from other processes when they change something. It is only a hint: each waiting loop also polls.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface IQueueChangeFeed
{
    /// <summary>Waits for a hint.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>When another process may have changed something; several changes may be one hint.</returns>
    Task WaitForChangeAsync(CancellationToken cancellationToken);
}
