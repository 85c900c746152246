namespace HumanLoop.Diagnostics;

/// <summary>A queue that can tell what is wrong with its database although it answers.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface IStoreHealth
{
    /// <summary>Looks at the database.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>What an operator should mend, each with the mend; empty when all is well.</returns>
    /// <exception cref="StoreException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken = default);
}
