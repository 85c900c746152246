using HumanLoop.GroupCommit;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Sqlite;

/// <summary>
/// The one writer of a process. What arrived while the last transaction was being committed is the next transaction: a lone
/// caller waits for nobody, and many share the price of one flush to the disk.
/// </summary>
/// <remarks>
/// It has a thread of its own, because it spends its life in calls that block, and so that an application that has used up
/// its thread pool still commits. Several writing connections would starve each other for seconds in SQLite's busy handler;
/// this one competes with other processes only.
/// </remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly SqliteFile _file;
    private readonly ILogger _logger;
    private readonly OperationQueue<IWriteOperation> _waiting;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IWriteOperation> _batch = new(OperationQueue<IWriteOperation>.MostInTransaction);
    private SqliteSession? _session;
    private int _started;

    /// <param name="file">The file.</param>
    /// <param name="store">The store's type, which the exception names after the store was closed.</param>
    /// <param name="logger">Where to log.</param>
    public SqliteWriter(SqliteFile file, Type store, ILogger logger)
    {
        _file = file;
        _logger = logger;
        _waiting = new(store, operation => operation.Weight, singleWriter: true);
    }

    /// <summary>Writes; returns when it is committed. Cancelling stops the waiting, never the write.</summary>
    /// <exception cref="StoreException">It was not committed, or that is unknown.</exception>
    /// <exception cref="ObjectDisposedException">The store was closed.</exception>
    public async ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> write, int weight, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Volatile.Read(ref _started) == 0 && IsFirst())
        {
            new Thread(Work) { IsBackground = true, Name = "HumanLoop SQLite writer" }.Start();
        }

        var operation = new WriteOperation<T>(write, weight);
        await _waiting.AddAsync(operation, cancellationToken).ConfigureAwait(false);
        return await operation.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Commits what was accepted, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Close();
        if (IsFirst())
        {
            // There was nothing to write, so there is no thread.
            _ended.SetResult();
        }

        await _ended.Task.ConfigureAwait(false);
    }

    private bool IsFirst() => Interlocked.Exchange(ref _started, 1) == 0;

    private void Work()
    {
        // The thread is the writer's own, so it may block. The loop ends when the channel is complete and empty.
        while (_waiting.WaitAsync().AsTask().GetAwaiter().GetResult())
        {
            _waiting.Take(_batch);
            Commit();
            if (_batch.Count > 1)
            {
                // Those who were just answered are about to write again. Letting them go first makes the next transaction of all of
                // them; else they split into two halves that wait for each other's flush. No waiting: where nobody is ready, it returns at once.
                Thread.Yield();
            }

            _batch.Clear();
        }

        _session?.Dispose();
        _ended.SetResult();
    }

    private void Commit()
    {
        if (Try(_batch) is not { } failure)
        {
            return;
        }

        if (_batch.Count == 1 || SqliteErrors.IsOfTheFile(failure))
        {
            Fail(_batch, failure);
            return;
        }

        // One of them is at fault. Each on its own, so that only that one fails.
        WriteLog.RetriedOneByOne(_logger, _batch.Count, failure);
        foreach (var operation in _batch)
        {
            IWriteOperation[] alone = [operation];
            if (Try(alone) is { } own)
            {
                Fail(alone, own);
            }
        }
    }

    /// <summary>Commits operations together and answers their callers.</summary>
    /// <returns>Why nothing of it was committed, or <see langword="null"/>.</returns>
    private Exception? Try(IReadOnlyList<IWriteOperation> operations)
    {
        try
        {
            _session ??= _file.OpenWriter();
            _session.BeginWrite();
            foreach (var operation in operations)
            {
                operation.Run(_session);
            }

            _session.Commit();
        }
        catch (Exception failure)
        {
            Abandon(failure);
            return failure;
        }

        foreach (var operation in operations)
        {
            operation.Succeed();
        }

        return null;
    }

    private void Fail(IReadOnlyList<IWriteOperation> operations, Exception failure)
    {
        var reason = _file.ForCaller(failure);
        WriteLog.WriteFailed(_logger, operations.Count, reason);
        foreach (var operation in operations)
        {
            operation.Fail(reason);
        }
    }

    private void Abandon(Exception failure)
    {
        try
        {
            _session?.Rollback();
            if (!SqliteErrors.IsOfTheFile(failure))
            {
                return;
            }
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // The connection is beyond use; it rolls back by being closed.
        }

        // A fresh connection next time: after a failed flush, nothing that this one remembers can be trusted.
        _session?.Dispose();
        _session = null;
    }
}
