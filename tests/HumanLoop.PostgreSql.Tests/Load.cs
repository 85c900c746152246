using System.Collections.Concurrent;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>Callers who record, claim and decide without a pause, and one who follows the journal; they remember what they were told.</summary>
internal sealed class Load(PostgreSqlStore store, string name) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Exception> _surprises = [];
    private readonly HashSet<(DecisionId Id, long Version)> _followed = [];
    private long _position;
    private Task _running = Task.CompletedTask;
    private long _lastAnswer;
    private long _longestGap;
    private TaskCompletionSource<long>? _next;

    public ConcurrentDictionary<string, byte> Recorded { get; } = [];

    public ConcurrentDictionary<string, byte> Decided { get; } = [];

    public int Refused;

    /// <summary>The longest time in which nobody got an answer.</summary>
    public TimeSpan LongestGap => TimeSpan.FromTicks(Interlocked.Read(ref _longestGap));

    /// <summary>The moment of the next answer that somebody gets.</summary>
    public Task<long> NextAnswerAsync()
    {
        var next = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _next, next);
        return next.Task;
    }

    public void Dispose() => _stop.Dispose();

    public void Start(int callers)
    {
        IEnumerable<Task> tasks = [.. Enumerable.Range(0, callers).Select(caller => Task.Run(() => RecordAsync(caller))), .. Enumerable.Range(0, callers / 2).Select(caller => Task.Run(() => DecideAsync(caller)))];
        _running = Task.WhenAll([.. tasks, Task.Run(FollowAsync)]);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        while (await ReadOnAsync())
        {
        }

        Assert.Empty(_surprises);
    }

    /// <summary>Everything that was acknowledged is there, and each decision's journal tells exactly what the queue holds.</summary>
    public async Task CheckAsync(PostgreSqlStore survivor)
    {
        var stories = new Dictionary<DecisionId, List<JournalEntry>>();
        for (IReadOnlyList<JournalRecord> page = await survivor.ReadAsync(0, 5_000); page.Count > 0; page = await survivor.ReadAsync(page[^1].Position, 5_000))
        {
            foreach (var entry in page.Select(record => record.Entry))
            {
                stories.TryAdd(entry.DecisionId, []);
                stories[entry.DecisionId].Add(entry);
            }
        }

        Assert.DoesNotContain(Recorded.Keys, id => !stories.ContainsKey(id));
        Assert.True(_followed.SetEquals(stories.Values.SelectMany(story => story).Select(entry => (entry.DecisionId, entry.Version))), "Whoever followed the journal read something else than it holds.");
        var items = new HashSet<string>();
        for (WorkPage? page = null; page is null || page.Next is not null;)
        {
            page = await survivor.ListAsync(new() { Limit = 1_000, Cursor = page?.Next });
            foreach (var item in page.Items)
            {
                items.Add(item.DecisionId.Value);
                var story = stories[item.DecisionId];
                Assert.Equal(Enumerable.Range(1, story.Count).Select(version => (long)version), story.Select(entry => entry.Version));
                Assert.Equal(Work.Facts(WorkItem.Replay(story)), Work.Facts(item));
                Assert.InRange(story.OfType<VerdictGiven>().Count(), Decided.ContainsKey(item.DecisionId.Value) ? 1 : 0, 1);
                Assert.Single(story.OfType<DecisionRouted>());
            }
        }

        Assert.Empty(Recorded.Keys.Except(items));
    }

    private async Task RecordAsync(int caller)
    {
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            var id = $"{name}-{caller}-{i}";
            await TryAsync(async () =>
            {
                var status = (await store.EnqueueAsync([Work.Review(id)]))[0].Status;
                Assert.Equal(RoutingStatus.Recorded, status);
                Recorded[id] = 0;
            });
        }
    }

    private async Task DecideAsync(int caller)
    {
        while (!_stop.IsCancellationRequested)
        {
            await TryAsync(async () =>
            {
                foreach (var item in await store.ClaimAsync(Work.Claim($"{name}-{caller}", 3)))
                {
                    var result = await store.ApplyAsync(Work.Verdict(item.DecisionId.Value, $"{name}-{caller}") with { NeedsLease = true }, item.Revision);
                    Assert.True(result.IsApplied, $"{item.DecisionId}: {result.Status}");
                    Decided[item.DecisionId.Value] = 0;
                }
            });
        }
    }

    /// <summary>Reads the journal as it grows, as a learner does.</summary>
    private async Task FollowAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (!await ReadOnAsync())
                {
                    await Task.Delay(5);
                }
            }
            catch (StoreException)
            {
                await Task.Delay(20);
            }
            catch (Exception surprise)
            {
                _surprises.Add(surprise);
                await _stop.CancelAsync();
            }
        }
    }

    private async Task<bool> ReadOnAsync()
    {
        var page = await store.ReadAsync(_position, 500);
        _followed.UnionWith(page.Select(record => (record.Entry.DecisionId, record.Entry.Version)));
        _position = page.Count > 0 ? page[^1].Position : _position;
        return page.Count > 0;
    }

    private async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            var now = TimeProvider.System.GetTimestamp();
            Interlocked.Exchange(ref _next, null)?.TrySetResult(now);
            var last = Interlocked.Exchange(ref _lastAnswer, now);
            var gap = last == 0 ? 0 : TimeProvider.System.GetElapsedTime(last, now).Ticks;
            if (gap > Interlocked.Read(ref _longestGap))
            {
                Interlocked.Exchange(ref _longestGap, gap);
            }
        }
        catch (StoreException)
        {
            // What callers may get, and all that they may get.
            Interlocked.Increment(ref Refused);
            await Task.Delay(20);
        }
        catch (Exception surprise)
        {
            _surprises.Add(surprise);
            await _stop.CancelAsync();
        }
    }
}
