namespace HumanLoop.Journaling;

/// <summary>The append-only record of everything that happened; no payload is in it.</summary>
/// <remarks>Safe for concurrent use. What returned has been committed.</remarks>
public interface IDecisionJournal
{
    /// <summary>Appends entries. One whose workflow, decision and version are on record is passed over, so a repeat is harmless.</summary>
    /// <param name="entries">The entries, in order.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>When it is committed.</returns>
    /// <exception cref="StoreException">The store could not do it. Append them again.</exception>
    ValueTask AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Reads entries, oldest first.</summary>
    /// <param name="after">The position after which to read; 0 for the beginning.</param>
    /// <param name="max">How many at most, from 1.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The entries with their positions; empty at the end.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(long after, int max, CancellationToken cancellationToken = default);

    /// <summary>Reads the entries of one decision, or those of a workflow as a whole, in the order of their versions.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="decisionId">The decision; empty for the workflow as a whole.</param>
    /// <param name="after">The version after which to read; 0 for the beginning.</param>
    /// <param name="max">How many at most, from 1.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The entries with their positions; empty at the end.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<IReadOnlyList<JournalRecord>> ReadDecisionAsync(string workflow, DecisionId decisionId, long after, int max, CancellationToken cancellationToken = default);
}
