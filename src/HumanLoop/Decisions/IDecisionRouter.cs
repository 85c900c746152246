namespace HumanLoop;

/// <summary>Routes the decisions of one workflow: straight through, or to a person.</summary>
/// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
/// <remarks>
/// A singleton, safe for concurrent use. Where several workflows share a proposal type, resolve it as a keyed service by the
/// workflow's name. Nothing is acknowledged before the store has committed it.
/// </remarks>
public interface IDecisionRouter<TProposal>
{
    /// <summary>Judges a decision, records it in one commit and, if it goes straight through, acts on it before returning.</summary>
    /// <param name="decision">The decision. Routing its id again returns the first receipt and acts no second time.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write: after a cancellation the decision may still be recorded and act. Route it again to
    /// learn which.</param>
    /// <returns>Where it went, as judged. A handler that throws or times out does not change it: the act falls due and is retried.</returns>
    /// <exception cref="DecisionConflictException">The id was routed before with another proposal. Use another id, or the first proposal.</exception>
    /// <exception cref="StoreException">The store could not record it, or it is unknown whether it did; nothing has acted. Route it again with the same
    /// id.</exception>
    /// <exception cref="ArgumentException">The decision has no proposal, an empty id or text beyond its limits.</exception>
    ValueTask<RoutingReceipt> RouteAsync(Decision<TProposal> decision, CancellationToken cancellationToken = default);

    /// <summary>Routes a stream, one commit for each batch of what has arrived, and returns the receipts in the stream's order.</summary>
    /// <param name="decisions">The decisions.</param>
    /// <param name="cancellationToken">Stops reading and waiting; what was read is still recorded.</param>
    /// <returns>A receipt for each decision. It throws as <see cref="RouteAsync"/> does; receipts already returned stand.</returns>
    IAsyncEnumerable<RoutingReceipt> RouteManyAsync(IAsyncEnumerable<Decision<TProposal>> decisions, CancellationToken cancellationToken = default);

    /// <summary>Waits, without holding a thread or a transaction, until a decision is resolved: by a verdict, or because it acted alone.</summary>
    /// <param name="id">The decision. Call again after a restart; the answer is in the store.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>How it ended. The handler may not have acted on it yet.</returns>
    /// <exception cref="DecisionNotResolvedException">The decision is unknown, was withdrawn, expired or its data was erased: no verdict will come.</exception>
    Task<Resolution<TProposal>> WaitForVerdictAsync(DecisionId id, CancellationToken cancellationToken = default);

    /// <summary>Records what turned out to be true of the AI's original proposal.</summary>
    /// <param name="id">The decision.</param>
    /// <param name="outcome">Whether it was right.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Whether it counts as evidence.</returns>
    /// <exception cref="StoreException">The store could not record it. Call again.</exception>
    Task<OutcomeResult> RecordOutcomeAsync(DecisionId id, DecisionOutcome outcome, CancellationToken cancellationToken = default);

    /// <summary>Records what the right proposal would have been; whether the AI's counts as an error is as for a correction.</summary>
    /// <param name="id">The decision.</param>
    /// <param name="truth">The right proposal.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Whether it counts as evidence.</returns>
    /// <exception cref="StoreException">The store could not record it. Call again.</exception>
    Task<OutcomeResult> RecordTruthAsync(DecisionId id, TProposal truth, CancellationToken cancellationToken = default);

    /// <summary>Takes a decision back before it acts. It counts as wrong until an outcome says otherwise.</summary>
    /// <param name="id">The decision.</param>
    /// <param name="reason">Why; kept in the journal, so no personal data.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Whether it was in time.</returns>
    /// <exception cref="StoreException">The store could not record it. Call again.</exception>
    Task<WithdrawResult> WithdrawAsync(DecisionId id, string reason, CancellationToken cancellationToken = default);
}
