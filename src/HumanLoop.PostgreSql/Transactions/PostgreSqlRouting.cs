using HumanLoop.Routing;
using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>Routes decisions within the caller's own transaction.</summary>
public static class PostgreSqlRouting
{
    /// <summary>Judges a decision and records it in the caller's transaction, so that decision and business rows commit together or not at all.</summary>
    /// <remarks>Nothing acts inline, however sure the AI is: after the commit the dispatcher acts, within its poll interval at the latest. The transaction must
    /// be READ COMMITTED and of the store's database.</remarks>
    /// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
    /// <param name="router">The workflow's router.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="transaction">The caller's transaction; committing it is the caller's.</param>
    /// <param name="cancellationToken">Gives up before anything is recorded.</param>
    /// <returns>The receipt, which holds if the transaction commits.</returns>
    /// <exception cref="InvalidOperationException">The workflow's store is not PostgreSQL, or the transaction is over or has another isolation level.</exception>
    /// <exception cref="DecisionConflictException">The id is on record with another proposal.</exception>
    /// <exception cref="StoreException">It could not be recorded; roll the transaction back and repeat it all.</exception>
    public static ValueTask<RoutingReceipt> RouteAsync<TProposal>(this IDecisionRouter<TProposal> router, Decision<TProposal> decision, NpgsqlTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return router is IEnlistingRouter<TProposal> enlisting
            ? enlisting.RouteAsync(decision, new Enlistment(transaction), cancellationToken)
            : throw new InvalidOperationException("This router cannot record in a caller's transaction; take the library's own.");
    }
}
