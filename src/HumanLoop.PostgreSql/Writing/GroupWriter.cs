using HumanLoop.GroupCommit;

namespace HumanLoop.PostgreSql;

/// <summary>Commits the requests of many callers together.</summary>
/// <typeparam name="T">What callers bring; it gives them their answers.</typeparam>
internal sealed class GroupWriter<T> : IAsyncDisposable
{
    private readonly Func<IReadOnlyList<T>, Task> _commit;
    private readonly OperationQueue<T> _waiting;
    private readonly Task[] _writers;

    public GroupWriter(Type store, int writers, Func<T, int> weight, Func<IReadOnlyList<T>, Task> commit)
    {
        _commit = commit;
        _waiting = new(store, weight, singleWriter: writers == 1);
        _writers = [.. Enumerable.Range(0, writers).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Hands a request to a writer.</summary>
    /// <exception cref="ObjectDisposedException">The store was closed.</exception>
    public ValueTask WriteAsync(T operation, CancellationToken cancellationToken) => _waiting.AddAsync(operation, cancellationToken);

    /// <summary>Commits what was accepted.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Close();
        await Task.WhenAll(_writers).ConfigureAwait(false);
    }

    private async Task WorkAsync()
    {
        var batch = new List<T>();
        while (await _waiting.WaitAsync().ConfigureAwait(false))
        {
            batch.Clear();
            _waiting.Take(batch);
            if (batch.Count > 0)
            {
                await _commit(batch).ConfigureAwait(false);
            }

            // Callers who were just answered are about to write again: letting them go first puts all of them into the next transaction.
            await Task.Yield();
        }
    }
}
