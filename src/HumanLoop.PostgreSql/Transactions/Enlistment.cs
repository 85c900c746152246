using HumanLoop.Queueing;
using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>The caller's transaction, as the router hands it to the store.</summary>
internal sealed class Enlistment(NpgsqlTransaction transaction) : IWorkEnlistment
{
    public async ValueTask<EnqueueResult> EnqueueAsync(IReviewQueue queue, NewWork work) => queue is ITransactionalStore store
        ? await store.Transactions.EnlistAsync(transaction, work).ConfigureAwait(false)
        : throw new InvalidOperationException("The workflow's store is not PostgreSQL, so no decision can be recorded in this transaction. Choose the store with UsePostgreSql.");
}
