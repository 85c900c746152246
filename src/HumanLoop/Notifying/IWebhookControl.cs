namespace HumanLoop.Notifying;

/// <summary>Shows how webhooks do, and enables one again that was disabled.</summary>
/// <remarks>A singleton, safe for concurrent use; every process of a store sees the same.</remarks>
public interface IWebhookControl
{
    /// <summary>How each webhook does.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>One for each, in the order in which they were added; empty without webhooks.</returns>
    /// <exception cref="StoreException">The store cannot be reached.</exception>
    Task<IReadOnlyList<WebhookStatus>> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>Enables a webhook whose receiver answered 410. What waited is sent, and what happened meanwhile is told, as far as it is not older than four days. Without effect on one that is enabled, but that everything that waits is tried at once.</summary>
    /// <param name="name">The webhook's name.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>When it is committed.</returns>
    /// <exception cref="ArgumentException">There is no webhook of that name here.</exception>
    /// <exception cref="StoreException">The store cannot be reached.</exception>
    Task EnableAsync(string name, string by, CancellationToken cancellationToken = default);
}
