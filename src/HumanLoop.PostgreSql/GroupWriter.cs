using System.Threading.Channels;

namespace HumanLoop.PostgreSql;

/// <summary>
/// What arrived while the last transaction was being committed is the next transaction: a lone caller waits for nobody, and many share the price of one commit.
/// </summary>
/// <typeparam name="T">What callers bring; it gives them their answers.</typeparam>
internal sealed class GroupWriter<T> : IAsyncDisposable
{
    private const int MostInTransaction = 500;
    private const int MostWaiting = 4_096;

    private readonly Func<IReadOnlyList<T>, Task> _commit;
    private readonly Func<T, int> _weight;
    private readonly Channel<T> _waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(MostWaiting));
    private readonly Task[] _writers;

    public GroupWriter(int writers, Func<T, int> weight, Func<IReadOnlyList<T>, Task> commit)
    {
        _commit = commit;
        _weight = weight;
        _writers = [.. Enumerable.Range(0, writers).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Hands it to a writer. A full queue makes the caller wait its turn: back-pressure, never a drop.</summary>
    /// <exception cref="ObjectDisposedException">The store was closed.</exception>
    public async ValueTask WriteAsync(T operation, CancellationToken cancellationToken)
    {
        if (_waiting.Writer.TryWrite(operation))
        {
            return;
        }

        try
        {
            await _waiting.Writer.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(PostgreSqlStore));
        }
    }

    /// <summary>Commits what was accepted.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAll(_writers).ConfigureAwait(false);
    }

    private async Task WorkAsync()
    {
        var batch = new List<T>();
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            for (var weight = 0; weight < MostInTransaction && _waiting.Reader.TryRead(out var operation); weight += _weight(operation))
            {
                batch.Add(operation);
            }

            if (batch.Count > 0)
            {
                await _commit(batch).ConfigureAwait(false);
            }

            // Those who were just answered are about to write again. Letting them go first makes the next transaction of all of them.
            await Task.Yield();
        }
    }
}
