namespace HumanLoop.Reporting;

/// <summary>The owner's figures of each workflow.</summary>
/// <remarks>A singleton, safe for concurrent use.</remarks>
public interface IScorecards
{
    /// <summary>Reads a workflow's scorecard. What it costs does not grow with the number of decisions.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The scorecard as of now: the same in every process of the store.</returns>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    /// <exception cref="StoreException">The store could not do it.</exception>
    Task<Scorecard> ReadAsync(string workflow, CancellationToken cancellationToken = default);

    /// <summary>Records a value of the workflow's metric, where <c>Metric:Measure</c> is <c>Custom</c>. The latest one counts; it is journaled.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="value">The value: a finite number.</param>
    /// <param name="at">When it was measured.</param>
    /// <param name="by">Who or what says so; <see langword="null"/> for the application.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>When it is on record.</returns>
    /// <exception cref="ArgumentException">There is no such workflow, or the value is not finite.</exception>
    /// <exception cref="InvalidOperationException">The library measures this workflow's metric itself. Set <c>Metric:Measure</c> to <c>Custom</c>.</exception>
    /// <exception cref="StoreException">The store could not do it. Call again.</exception>
    Task RecordMetricAsync(string workflow, double value, DateTimeOffset at, string? by = null, CancellationToken cancellationToken = default);

    /// <summary>Records a value of the workflow's guard. The latest one counts; it is journaled.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="value">The value: a finite number.</param>
    /// <param name="at">When it was measured.</param>
    /// <param name="by">Who or what says so; <see langword="null"/> for the application.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>When it is on record.</returns>
    /// <exception cref="ArgumentException">There is no such workflow, or the value is not finite.</exception>
    /// <exception cref="InvalidOperationException">The workflow has no guard. Set <c>Metric:Guard</c>.</exception>
    /// <exception cref="StoreException">The store could not do it. Call again.</exception>
    Task RecordGuardAsync(string workflow, double value, DateTimeOffset at, string? by = null, CancellationToken cancellationToken = default);
}
