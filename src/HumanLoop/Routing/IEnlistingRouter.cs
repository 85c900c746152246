using HumanLoop.Queueing;

namespace HumanLoop.Routing;

/// <summary>A router that can record a decision in a transaction of the caller's. The library's own routers can.</summary>
/// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
public interface IEnlistingRouter<TProposal>
{
    /// <summary>Judges a decision and records it within a transaction. Nothing acts inline: after the commit, the dispatcher does.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="enlistment">The transaction.</param>
    /// <param name="cancellationToken">Gives up before anything is recorded.</param>
    /// <returns>The receipt, which holds if the transaction commits.</returns>
    /// <exception cref="DecisionConflictException">The id is on record with another proposal.</exception>
    /// <exception cref="StoreException">The store could not record it; roll the transaction back.</exception>
    ValueTask<RoutingReceipt> RouteAsync(Decision<TProposal> decision, IWorkEnlistment enlistment, CancellationToken cancellationToken = default);
}
