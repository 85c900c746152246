using System.Threading.Channels;

namespace HumanLoop.GroupCommit;

/// <summary>
/// The requests that wait for a writer. Those that arrive while a transaction is being committed are the next transaction: a single caller never waits for
/// others to come, and many share the price of a commit.
/// </summary>
/// <typeparam name="T">What callers bring.</typeparam>
/// <param name="store">The store's type, which the exception names after the store was closed.</param>
/// <param name="weight">About how many rows a request writes, in items; a transaction is filled by it.</param>
/// <param name="singleWriter">Whether one writer alone takes from the queue.</param>
internal sealed class OperationQueue<T>(Type store, Func<T, int> weight, bool singleWriter)
{
    public const int MostInTransaction = 500;
    private const int MostWaiting = 4_096;

    private readonly Channel<T> _waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(MostWaiting) { SingleReader = singleWriter });

    /// <summary>Hands a request to the writer. Where the queue is full, the caller waits: back-pressure, never a drop.</summary>
    /// <exception cref="ObjectDisposedException">The store was closed.</exception>
    public async ValueTask AddAsync(T operation, CancellationToken cancellationToken)
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
            throw new ObjectDisposedException(store.Name);
        }
    }

    /// <summary>Waits for requests.</summary>
    /// <returns><see langword="false"/> when the queue is closed and empty.</returns>
    public ValueTask<bool> WaitAsync() => _waiting.Reader.WaitToReadAsync();

    /// <summary>Moves the requests of the next transaction into a batch.</summary>
    public void Take(List<T> batch)
    {
        for (var taken = 0; taken < MostInTransaction && _waiting.Reader.TryRead(out var operation); taken += weight(operation))
        {
            batch.Add(operation);
        }
    }

    /// <summary>Takes no more requests; those that were accepted can still be taken.</summary>
    public void Close() => _waiting.Writer.TryComplete();
}
