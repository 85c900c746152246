namespace HumanLoop.Queueing;

/// <summary>A transaction of the caller's that a decision is recorded in.</summary>
public interface IWorkEnlistment
{
    /// <summary>Records new work within the transaction; it is there once the caller has committed.</summary>
    /// <param name="queue">The workflow's queue.</param>
    /// <param name="work">The work. Nothing acts on it before the dispatcher does.</param>
    /// <returns>What became of it, if the transaction commits.</returns>
    /// <exception cref="InvalidOperationException">The queue is not of this transaction's database, or the transaction cannot be used.</exception>
    /// <exception cref="StoreException">The store could not do it; the transaction is broken.</exception>
    ValueTask<EnqueueResult> EnqueueAsync(IReviewQueue queue, NewWork work);
}
