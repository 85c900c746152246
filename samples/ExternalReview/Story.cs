using System.Collections.Concurrent;

namespace ExternalReview;

/// <summary>Prints what happens, and knows when all of it has.</summary>
internal sealed class Story(int decisions, int tickets)
{
    private readonly ConcurrentDictionary<string, bool> _told = new();
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<string> _ended = [];
    private int _left = decisions;

    /// <summary>Completes when every refund was paid or declined and the tool knows how its tickets ended.</summary>
    public Task End => Task.WhenAll(_settled.Task, _closed.Task);

    public void Tell(string who, string what)
    {
        lock (_told)
        {
            Console.WriteLine($"{who,-12} {what}");
        }
    }

    /// <summary>Whether a message is new: delivery is at least once.</summary>
    public bool IsNew(string webhookId) => _told.TryAdd(webhookId, true);

    public void Settled()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _settled.TrySetResult();
        }
    }

    public void Closed(string ticket)
    {
        lock (_ended)
        {
            if (_ended.Add(ticket) && _ended.Count == tickets)
            {
                _closed.TrySetResult();
            }
        }
    }
}
