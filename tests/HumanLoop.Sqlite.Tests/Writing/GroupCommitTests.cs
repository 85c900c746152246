using HumanLoop.Queueing;

namespace HumanLoop.Sqlite.Tests;

public sealed class GroupCommitTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_32_callers_were_told_is_recorded_is_there_after_reopening()
    {
        var store = _folder.Open();
        var items = await Task.WhenAll(Enumerable.Range(0, 32).Select(caller => Task.Run(async () =>
        {
            var mine = new List<WorkItem>();
            for (var i = 0; i < 40; i++)
            {
                mine.Add(await store.EnqueueAsync(Work.Review($"{caller}-{i}")));
            }

            return mine;
        })));
        await store.DisposeAsync();

        var again = _folder.Open();
        var all = items.SelectMany(item => item).ToList();
        Assert.Equal(1_280, all.Select(item => item.Sequence).Distinct().Count());
        foreach (var item in all)
        {
            var stored = await again.GetAsync("refund", item.DecisionId);
            Assert.Equal(Work.Facts(item), Work.Facts(stored!));
            Assert.Equal(item.Sequence, stored!.Sequence);
            Assert.Equal(Work.Text(item.Payload!.Proposal), Work.Text(stored.Payload!.Proposal));
        }

        Assert.Equal(1_280, (await again.ReadAsync(0, 10_000)).Count);
    }

    [Fact]
    public async Task Each_caller_sees_its_own_decisions_in_the_order_of_its_calls()
    {
        var store = _folder.Open();
        var first = await store.EnqueueAsync(Work.Review("first"));
        var second = await store.EnqueueAsync(Work.Review("second"));
        Assert.True(second.Sequence > first.Sequence);
    }

    [Fact]
    public async Task Only_the_caller_whose_record_is_damaged_gets_an_error()
    {
        var store = _folder.Open();
        foreach (var id in (string[])["a", "b", "c"])
        {
            await store.EnqueueAsync(Work.Review(id));
        }

        // Held, so that all writes wait together and become one transaction.
        var other = _folder.Connect();
        other.Run("BEGIN IMMEDIATE");
        var opening = store.ApplyAsync(new PrioritiseReview("refund", "a", 0), null).AsTask();
        var writes = ((string[])["a", "b", "c"]).Select(id => store.ApplyAsync(new PrioritiseReview("refund", id, 7), null).AsTask()).ToList();
        other.Run("UPDATE humanloop_item SET facts = '{\"state\":\"no such state\"}' WHERE sequence = 2; COMMIT");

        await opening;
        Assert.True((await writes[0]).IsApplied);
        var failure = await Assert.ThrowsAsync<StoreException>(() => writes[1]);
        Assert.Contains(_folder.Path, failure.Message, StringComparison.Ordinal);
        Assert.True((await writes[2]).IsApplied);
        Assert.Equal(7, (await store.GetAsync("refund", "a"))!.Priority);
        Assert.Equal(7, (await store.GetAsync("refund", "c"))!.Priority);
        Assert.Equal(["1", "2", "3"], (await store.StreamAsync("a")).Select(entry => $"{entry.Version}"));
    }

    [Fact]
    public async Task Cancelling_stops_the_waiting_and_not_the_write()
    {
        var store = _folder.Open();
        await store.EnqueueAsync(Work.Review("before"));
        var other = _folder.Connect();
        other.Run("BEGIN IMMEDIATE");
        using var cancellation = new CancellationTokenSource();
        var waiting = store.EnqueueAsync([Work.Review("kept")], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        other.Run("ROLLBACK");

        // Writes are done in the order in which they came.
        await store.EnqueueAsync(Work.Review("after"));
        Assert.NotNull(await store.GetAsync("refund", "kept"));
    }

    [Fact]
    public async Task Closing_commits_what_was_accepted_and_refuses_what_comes_later()
    {
        var store = _folder.Open();
        var writes = Enumerable.Range(0, 200).Select(i => store.EnqueueAsync([Work.Review($"{i}")]).AsTask()).ToList();
        await store.DisposeAsync();
        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.EnqueueAsync([Work.Review("late")]));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.GetAsync("refund", "0"));
        Assert.Equal(200, _folder.Connect().Count("humanloop_item"));
        await store.DisposeAsync();
    }
}
