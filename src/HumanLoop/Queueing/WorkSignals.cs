namespace HumanLoop.Queueing;

/// <summary>Wakes the waiting loops of this process. Only a hint: each waiting loop also polls, for other processes signal nothing here.</summary>
internal sealed class WorkSignals
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ReviewId, Watched> _watches = [];
    private volatile TaskCompletionSource _actDue = New();
    private volatile TaskCompletionSource _answer = New();
    private volatile int _watched;

    /// <summary>An outcome or a verdict may have been recorded.</summary>
    public void Answered() => _answer.TrySetResult();

    /// <summary>Completes when one may have been recorded. Take it before reading.</summary>
    public Task NextAnswer()
    {
        if (_answer.Task.IsCompleted)
        {
            _answer = New();
        }

        return _answer.Task;
    }

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
        if (_watched == 0)
        {
            return;
        }

        lock (_gate)
        {
            if (_watches.TryGetValue(id, out var watch))
            {
                watch.Move.TrySetResult();
            }
        }
    }

    /// <summary>Another process may have changed anything.</summary>
    public void Elsewhere()
    {
        ActDue();
        Answered();
        lock (_gate)
        {
            foreach (var watch in _watches.Values)
            {
                watch.Move.TrySetResult();
            }
        }
    }

    /// <summary>Begins to watch a decision. Several may watch one; each ends its own watch.</summary>
    public void Watch(ReviewId id)
    {
        lock (_gate)
        {
            if (_watches.TryGetValue(id, out var watch))
            {
                watch.Watchers++;
            }
            else
            {
                _watches[id] = new();
                _watched = _watches.Count;
            }
        }
    }

    /// <summary>Completes when something happens to a decision that is watched. Take it before looking.</summary>
    public Task NextMove(ReviewId id)
    {
        lock (_gate)
        {
            var watch = _watches[id];
            if (watch.Move.Task.IsCompleted)
            {
                watch.Move = New();
            }

            return watch.Move.Task;
        }
    }

    /// <summary>Ends one watch.</summary>
    public void Unwatch(ReviewId id)
    {
        lock (_gate)
        {
            if (--_watches[id].Watchers == 0)
            {
                _watches.Remove(id);
                _watched = _watches.Count;
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Watched
    {
        public int Watchers { get; set; } = 1;

        public TaskCompletionSource Move { get; set; } = New();
    }
}
