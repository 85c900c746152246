namespace HumanLoop.Queueing;

/// <summary>The durable queue of one or more workflows: where decisions wait for a person, and effects for a process.</summary>
/// <remarks>
/// <para>The rules are not the store's: it reads an item, asks <see cref="Transition.ApplyTo"/>, <see cref="ClaimRequest.Take"/> or
/// <see cref="SweepRequest.Next"/> what it becomes, and writes the item and its journal entry in one commit. A queue that is also the
/// <see cref="Journaling.IDecisionJournal"/> writes the entry to its journal; any other appends it to <see cref="WorkItem.Outbox"/>,
/// from which a relay takes it, at least once.</para>
/// <para>Safe for concurrent use. A call that returns has been committed; a call that throws <see cref="StoreException"/> has done nothing,
/// or it is unknown whether it has, and may be repeated. Cancelling stops the waiting, never the write.</para>
/// </remarks>
/// <example>
/// The sample OwnQueue is a whole queue in 140 lines; its core is the way of every transition:
/// <code>
/// public ValueTask&lt;TransitionResult&gt; ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken)
/// {
///     if (Find(transition.Workflow, transition.DecisionId) is not { } item)
///     {
///         return new(TransitionResult.NotFound);
///     }
///
///     var result = transition.ApplyTo(item, expectedRevision, _time.GetUtcNow());
///     return new(result.IsApplied ? Commit(result) : result); // the item and its entry together
/// }
///
/// builder.Services.AddHumanLoop().UseQueue&lt;OwnQueue&gt;();
/// </code>
/// </example>
public interface IReviewQueue
{
    /// <summary>Records new decisions, all in one commit. An id that is known is not recorded again.</summary>
    /// <param name="batch">The decisions.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>A result for each, in order.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken = default);

    /// <summary>Leases free work, most urgent first. No item is given to two holders at once.</summary>
    /// <param name="request">Who wants what.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The claimed items; empty when there are none.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default);

    /// <summary>Moves one item on, if its rule allows it.</summary>
    /// <param name="transition">The request.</param>
    /// <param name="expectedRevision">The revision that the caller saw; <see langword="null"/> where any will do.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Applied, or why not; never an exception for work that moved on.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken = default);

    /// <summary>Reads one item with its payload.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="decisionId">The decision.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The item, or <see langword="null"/>.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<WorkItem?> GetAsync(string workflow, DecisionId decisionId, CancellationToken cancellationToken = default);

    /// <summary>Reads a page of items, most urgent first.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The page and where the next begins.</returns>
    /// <exception cref="ArgumentException">The cursor is not one of this queue's.</exception>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken = default);

    /// <summary>Does what time has made due: ends leases, closes undo windows, tells of overdue work, erases and forgets what is old.</summary>
    /// <param name="request">What time does to which workflows.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<SweepResult> SweepAsync(SweepRequest request, CancellationToken cancellationToken = default);

    /// <summary>Counts what is open.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>A measure for each workflow that has open work; others may be absent.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    ValueTask<IReadOnlyList<QueueMeasure>> MeasureAsync(CancellationToken cancellationToken = default);
}
