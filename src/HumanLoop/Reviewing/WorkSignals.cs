using System.Collections.Concurrent;

namespace HumanLoop.Reviewing;

/// <summary>Wakes those in this process who wait for work. Only a hint: whoever waits also polls, for other processes signal nothing here.</summary>
internal sealed class WorkSignals
{
    private readonly ConcurrentDictionary<ReviewId, TaskCompletionSource> _moves = new();
    private volatile TaskCompletionSource _actDue = New();

    /// <summary>An effect may be due.</summary>
    public void ActDue() => _actDue.TrySetResult();

    /// <summary>Completes when an effect may be due. Take it before looking, so that nothing is missed in between.</summary>
    public Task NextActDue()
    {
        if (_actDue.Task.IsCompleted)
        {
            _actDue = New();
        }

        return _actDue.Task;
    }

    /// <summary>Something happened to a decision.</summary>
    public void Moved(ReviewId id)
    {
        if (!_moves.IsEmpty && _moves.TryRemove(id, out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    /// <summary>Completes when something happens to a decision. Take it before looking.</summary>
    public Task NextMove(ReviewId id) => _moves.GetOrAdd(id, _ => New()).Task;

    /// <summary>Nobody waits for a decision any more.</summary>
    public void Forget(ReviewId id) => _moves.TryRemove(id, out _);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
