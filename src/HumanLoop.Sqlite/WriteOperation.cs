namespace HumanLoop.Sqlite;

/// <summary>One caller's write, on its way through the writer.</summary>
internal abstract class WriteOperation
{
    /// <summary>About how many rows it writes, in items; a transaction is filled by it.</summary>
    public required int Weight { get; init; }

    /// <summary>Does it within a transaction. It may be called again after a rollback.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>After the commit: the caller gets its answer.</summary>
    public abstract void Succeed();

    /// <summary>After a rollback: the caller gets the reason.</summary>
    public abstract void Fail(Exception failure);
}

/// <summary>One caller's write with its answer.</summary>
internal sealed class WriteOperation<T>(Func<SqliteSession, T> write) : WriteOperation
{
    // The writer must not run callers' code: it would make all others wait.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _answer;

    public Task<T> Done => _done.Task;

    public override void Run(SqliteSession session) => _answer = write(session);

    public override void Succeed() => _done.TrySetResult(_answer!);

    public override void Fail(Exception failure) => _done.TrySetException(failure);
}
