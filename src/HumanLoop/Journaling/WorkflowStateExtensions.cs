namespace HumanLoop.Journaling;

/// <summary>Shorter ways to write workflow state.</summary>
public static class WorkflowStateExtensions
{
    /// <summary>Writes one document, unless it was written meanwhile.</summary>
    /// <param name="state">The state.</param>
    /// <param name="workflow">The workflow's name; empty for what belongs to the store as a whole.</param>
    /// <param name="name">The document's name.</param>
    /// <param name="value">The new text.</param>
    /// <param name="expectedVersion">The version that was read; 0 to create it.</param>
    /// <param name="entry">A journal entry to commit with it, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Whether it was written; if not, read again.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public static ValueTask<bool> WriteAsync(this IWorkflowState state, string workflow, string name, string value, long expectedVersion, JournalEntry? entry = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.WriteAsync([new(workflow, name, value, expectedVersion)], entry is null ? [] : [entry with { Workflow = workflow }], cancellationToken);
    }
}
