namespace HumanLoop.GroupCommit;

/// <summary>One caller's request on its way through a writer.</summary>
/// <typeparam name="T">What it is answered with.</typeparam>
internal abstract class Operation<T>
{
    // Continuations run elsewhere: a caller's code on the writer's thread would make all other callers wait.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Done => _done.Task;

    /// <summary>What it will be answered with once the transaction has committed.</summary>
    public T? Answer { get; set; }

    /// <summary>After the commit: the caller gets the answer.</summary>
    public void Succeed() => _done.TrySetResult(Answer!);

    /// <summary>After a rollback: the caller gets the reason.</summary>
    public void Fail(Exception failure) => _done.TrySetException(failure);
}
