namespace HumanLoop.Notifying;

/// <summary>A way to people outside the application that follows the journal by itself, such as a webhook: what was committed is told there even if the
/// process dies.</summary>
/// <remarks>Register it as a singleton beside the hosted service that serves it; owners see how it does on their page. Safe for concurrent use; every process
/// of a store sees the same.</remarks>
public interface INotificationChannel
{
    /// <summary>Its name, unique in the application.</summary>
    string Name { get; }

    /// <summary>How the channel does.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>What its processes have stored.</returns>
    /// <exception cref="StoreException">The store cannot be reached.</exception>
    Task<ChannelStatus> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>Enables a channel whose receiver has refused for good. What waited is sent, and what happened meanwhile is told, as far as it is not older than
    /// four days. Without effect on one that is enabled, but that everything that waits is tried at once.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>When it is committed.</returns>
    /// <exception cref="StoreException">The store cannot be reached.</exception>
    Task EnableAsync(string by, CancellationToken cancellationToken = default);
}
