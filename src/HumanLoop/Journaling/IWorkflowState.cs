namespace HumanLoop.Journaling;

/// <summary>Small named documents that all processes of a store share: the stop switch, the thresholds and the evidence behind them, the key of the audit
/// draw, the environment's stamp.</summary>
/// <remarks>
/// <para>Safe for concurrent use. What returned has been committed.</para>
/// <para>Of the store as a whole: <c>environment</c> and <c>audit-key</c>, a line each; <c>webhook/{name}</c>, at most 500 messages and
/// 2,000 ids, and the lease of each webhook. Of each workflow: <c>pause</c>, <c>threshold-settings</c>, <c>charter</c>,
/// <c>scorecard-told</c> and <c>evidence-writer</c>, small; <c>thresholds</c>, a line for each model and segment; <c>learning</c>, their
/// list, and one document for each body of evidence, at most 16 KiB; the decisions that wait for an answer in documents of 1,024 each;
/// <c>tally</c>, bounded by 400 days, 64 segments and 200 reviewers; <c>golden-items</c>, at most 5,000 ids.</para>
/// </remarks>
public interface IWorkflowState
{
    /// <summary>Reads a document.</summary>
    /// <param name="workflow">The workflow's name; empty for what belongs to the store as a whole.</param>
    /// <param name="name">The document's name.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The document, or <see langword="null"/>.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<StateDocument?> ReadAsync(string workflow, string name, CancellationToken cancellationToken = default);

    /// <summary>The workflows that have documents.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Their names, in ordinal order; not the empty name of the store as a whole.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<IReadOnlyList<string>> ListWorkflowsAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes documents and journal entries in one commit, unless one of the documents was written meanwhile.</summary>
    /// <param name="documents">The documents; none twice.</param>
    /// <param name="entries">What to journal with them, each under its own <see cref="JournalEntry.Workflow"/>. The store gives each the time, and the version
    /// that is next in that workflow's own stream.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Whether all of it was written; if not, nothing was: read again.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<bool> WriteAsync(IReadOnlyList<StateWrite> documents, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default);
}
