using System.Runtime.CompilerServices;

namespace HumanLoop.Routing;

/// <summary>Cuts a stream into batches of what has arrived: it waits for a batch's first item only, so no caller waits for a batch to fill.</summary>
internal static class BatchReader
{
    public static async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync<T>(IAsyncEnumerable<T> source, int max, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reader = source.GetAsyncEnumerator(ended.Token);
        await using (reader.ConfigureAwait(false))
        {
            var next = reader.MoveNextAsync().AsTask();
            try
            {
                while (await next.ConfigureAwait(false))
                {
                    var batch = new List<T> { reader.Current };
                    next = reader.MoveNextAsync().AsTask();
                    while (batch.Count < max && next.IsCompletedSuccessfully && await next.ConfigureAwait(false))
                    {
                        batch.Add(reader.Current);
                        next = reader.MoveNextAsync().AsTask();
                    }

                    yield return batch;
                }
            }
            finally
            {
                // A caller who leaves early leaves a read behind, and a reader must not be disposed in mid-read: end that first.
                await ended.CancelAsync().ConfigureAwait(false);
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
