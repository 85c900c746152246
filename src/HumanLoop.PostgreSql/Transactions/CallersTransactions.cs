using System.Text.Json;
using HumanLoop.Queueing;
using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>The store's part in a transaction that also holds the application's rows.</summary>
internal sealed class CallersTransactions(Database database, EnqueueBatch enqueue, ApplyBatch apply, ChangeFeed changes)
{
    /// <summary>Records new work in the caller's transaction.</summary>
    public async Task<EnqueueResult> EnlistAsync(NpgsqlTransaction transaction, NewWork work)
    {
        if (transaction.Connection is null)
        {
            throw new InvalidOperationException("The transaction is over; begin another one for this decision.");
        }

        if (transaction.IsolationLevel != System.Data.IsolationLevel.ReadCommitted)
        {
            // Under an older snapshot a known id would look like a new one.
            throw new InvalidOperationException($"The transaction is {transaction.IsolationLevel}; begin one with IsolationLevel.ReadCommitted to record a decision in it.");
        }

        return await RunAsync(async () =>
        {
            var operation = new EnqueueOperation([work], database.Clock.Now);
            await enqueue.EnlistAsync(await database.EnlistAsync(transaction).ConfigureAwait(false), operation).ConfigureAwait(false);
            return operation.Answer![0];
        }).ConfigureAwait(false);
    }

    /// <summary>Runs an effect and its completion in one transaction; where the completion is refused, nothing of the effect stays.</summary>
    public async Task<TransitionResult> CompleteAsync(Func<NpgsqlTransaction, CancellationToken, Task> effect, CompleteEffect completion, long revision, CancellationToken cancellationToken)
    {
        var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                // The item last: locked for the whole effect, it would hold up whoever keeps the lease alive. Of two attempts, one is refused and rolled back.
                await effect(transaction, cancellationToken).ConfigureAwait(false);
                var result = await RunAsync(async () => await apply.EnlistAsync(await database.EnlistAsync(transaction).ConfigureAwait(false), new(completion, revision)).ConfigureAwait(false)).ConfigureAwait(false);
                if (result.IsApplied)
                {
                    // From here on the answer is the database's: an effect that was cancelled too late is done.
                    await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                    changes.Announce();
                }

                return result;
            }
        }
    }

    /// <summary>No repeats here: after a failure the transaction is broken, and only the caller can begin it again.</summary>
    private async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or JsonException)
        {
            throw database.ForCaller(failure);
        }
    }
}
