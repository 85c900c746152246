namespace HumanLoop.PostgreSql;

/// <summary>One caller's request on its way through a writer.</summary>
internal abstract class Operation<T>
{
    // The writer must not run callers' code: it would make all others wait.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Done => _done.Task;

    /// <summary>What it will be answered with once the transaction has committed.</summary>
    public T? Answer { get; set; }

    public void Succeed() => _done.TrySetResult(Answer!);

    public void Fail(Exception failure) => _done.TrySetException(failure);
}
