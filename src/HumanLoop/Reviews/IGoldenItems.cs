namespace HumanLoop;

/// <summary>Reviews whose answer is known, mixed unmarked among the others: they measure how well people review. They never act and are never evidence of the
/// AI.</summary>
/// <remarks>A singleton, safe for concurrent use.</remarks>
public interface IGoldenItems
{
    /// <summary>Puts an item among a workflow's reviews. Reviewers cannot tell it from any other; the journal can.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="item">What is shown, and what the right answer is. An id that is known is not added again.</param>
    /// <param name="by">Who adds it.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Recorded, known before, or refused because the queue is full.</returns>
    /// <exception cref="ArgumentException">There is no such workflow here, or proposal or answer is not of its type.</exception>
    /// <exception cref="StoreException">The store could not record it. Add it again with the same id.</exception>
    Task<RoutingStatus> AddAsync(string workflow, GoldenItem item, string by, CancellationToken cancellationToken = default);

    /// <summary>Measures how people answered the newest 5,000 golden items.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Everybody together and each reviewer.</returns>
    /// <exception cref="ArgumentException">There is no such workflow here.</exception>
    Task<GoldenMeasure> MeasureAsync(string workflow, CancellationToken cancellationToken = default);
}
