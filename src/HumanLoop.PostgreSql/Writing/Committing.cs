using HumanLoop.GroupCommit;
using Microsoft.Extensions.Logging;

namespace HumanLoop.PostgreSql;

/// <summary>Commits the requests of many together; where one of them is at fault, each on its own, so that only that one fails.</summary>
internal sealed class Committing(Database database, ILogger logger)
{
    /// <param name="operations">The requests.</param>
    /// <param name="work">Answers them within a session; it is called again after a failure that may pass.</param>
    public async Task CommitAsync<TOperation, T>(IReadOnlyList<TOperation> operations, Func<Session, IReadOnlyList<TOperation>, Task> work)
        where TOperation : Operation<T>
    {
        if (await TryAsync<TOperation, T>(operations, work).ConfigureAwait(false) is not { } failure)
        {
            return;
        }

        if (operations.Count == 1 || PostgreSqlErrors.IsOfTheDatabase(failure.InnerException ?? failure) || PostgreSqlErrors.IsOfTheDatabase(failure) && failure.InnerException is null)
        {
            Fail<TOperation, T>(operations, failure);
            return;
        }

        WriteLog.RetriedOneByOne(logger, operations.Count, failure);
        foreach (var operation in operations)
        {
            TOperation[] alone = [operation];
            if (await TryAsync<TOperation, T>(alone, work).ConfigureAwait(false) is { } own)
            {
                Fail<TOperation, T>(alone, own);
            }
        }
    }

    private async Task<Exception?> TryAsync<TOperation, T>(IReadOnlyList<TOperation> operations, Func<Session, IReadOnlyList<TOperation>, Task> work)
        where TOperation : Operation<T>
    {
        try
        {
            await database.RunAsync(async session =>
            {
                await work(session, operations).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return failure;
        }

        foreach (var operation in operations)
        {
            operation.Succeed();
        }

        return null;
    }

    private void Fail<TOperation, T>(IReadOnlyList<TOperation> operations, Exception failure)
        where TOperation : Operation<T>
    {
        WriteLog.WriteFailed(logger, operations.Count, failure);
        foreach (var operation in operations)
        {
            operation.Fail(failure);
        }
    }
}
