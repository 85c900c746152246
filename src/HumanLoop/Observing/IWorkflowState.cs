namespace HumanLoop.Observing;

/// <summary>Small named documents that all processes of a store share: the stop switch, the key of the audit draw, the environment's stamp.</summary>
/// <remarks>Safe for concurrent use. What returned has been committed.</remarks>
public interface IWorkflowState
{
    /// <summary>Reads a document.</summary>
    /// <param name="workflow">The workflow's name; empty for what belongs to the store as a whole.</param>
    /// <param name="name">The document's name.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The document, or <see langword="null"/>.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<StateDocument?> ReadAsync(string workflow, string name, CancellationToken cancellationToken = default);

    /// <summary>Writes a document, if nobody else has meanwhile.</summary>
    /// <param name="workflow">The workflow's name; empty for what belongs to the store as a whole.</param>
    /// <param name="name">The document's name.</param>
    /// <param name="value">The new text.</param>
    /// <param name="expectedVersion">The version that was read; 0 to create it.</param>
    /// <param name="entry">A journal entry to commit with it, or <see langword="null"/>. The store gives it the time, and the version that is next in the workflow's own story: two documents' entries do not collide.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Whether it was written; if not, read again.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<bool> WriteAsync(string workflow, string name, string value, long expectedVersion, JournalEntry? entry = null, CancellationToken cancellationToken = default);
}
