using HumanLoop.Queueing;

namespace HumanLoop.Sqlite.Tests;

public sealed class EnqueuingTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_id_that_comes_twice_in_a_batch_is_recorded_once()
    {
        var store = _folder.Open();
        var results = await store.EnqueueAsync([Work.Review("a"), Work.Review("b"), Work.Review("a")]);
        Assert.Equal([RoutingStatus.Recorded, RoutingStatus.Recorded, RoutingStatus.AlreadyRecorded], results.Select(result => result.Status));
        Assert.Equal(results[0].Item!.Sequence, results[2].Item!.Sequence);
        Assert.Equal(2, (await store.ReadAsync(0, 10)).Count);
    }

    [Fact]
    public async Task The_same_id_from_many_callers_at_once_is_recorded_once()
    {
        var store = _folder.Open();
        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () => (await store.EnqueueAsync([Work.Review("same")]))[0])));
        Assert.Single(results, result => result.Status == RoutingStatus.Recorded);
        Assert.Single(results.Select(result => result.Item!.Sequence).Distinct());
    }

    [Fact]
    public async Task A_known_id_comes_back_as_it_is_now()
    {
        var store = _folder.Open();
        await store.EnqueueAsync(Work.Review("a"));
        await store.ApplyAsync(new PrioritiseReview("refund", "a", 3), null);
        var result = (await store.EnqueueAsync([Work.Review("a")]))[0];
        Assert.Equal(3, result.Item!.Priority);
        Assert.Equal("grüße", result.Item.Payload!.Briefing);
    }

    [Fact]
    public async Task A_full_queue_refuses_new_work_but_knows_old_work()
    {
        var store = _folder.Open();
        await store.EnqueueAsync(Work.Review("a"));
        await store.EnqueueAsync(Work.Audit("acts first", _folder.Clock.GetUtcNow().AddMinutes(5)));
        var results = await store.EnqueueAsync([Limited("b"), Limited("c"), Limited("a")]);
        Assert.Equal([RoutingStatus.Recorded, RoutingStatus.Refused, RoutingStatus.AlreadyRecorded], results.Select(result => result.Status));
        Assert.Null(results[1].Item);
        Assert.Null(await store.GetAsync("refund", "c"));

        await store.ApplyAsync(Work.Verdict("a", "ann"), null);
        Assert.Equal(RoutingStatus.Recorded, (await store.EnqueueAsync([Limited("c")]))[0].Status);

        static NewWork Limited(string id) => Work.Review(id) with { MaxPending = 3 };
    }

    [Fact]
    public async Task A_full_queue_counts_what_another_process_has_added()
    {
        var (here, there) = (_folder.Open(), _folder.Open());
        Assert.Equal(RoutingStatus.Recorded, (await here.EnqueueAsync([Work.Review("a") with { MaxPending = 2 }]))[0].Status);
        await there.EnqueueAsync(Work.Review("b"));
        Assert.Equal(RoutingStatus.Refused, (await here.EnqueueAsync([Work.Review("c") with { MaxPending = 2 }]))[0].Status);
        await there.ApplyAsync(new WithdrawDecision("refund", "b", "mistake"), null);
        Assert.Equal(RoutingStatus.Recorded, (await here.EnqueueAsync([Work.Review("c") with { MaxPending = 2 }]))[0].Status);
    }

    [Fact]
    public async Task A_full_queue_does_not_count_what_was_rolled_back()
    {
        var store = _folder.Open();
        await store.EnqueueAsync([Work.Review("a"), Work.Review("damaged", "other")]);
        var other = _folder.Connect();
        other.Run("BEGIN IMMEDIATE");
        var first = store.ApplyAsync(new PrioritiseReview("refund", "a", 1), null).AsTask();
        var counted = store.EnqueueAsync([Work.Review("b") with { MaxPending = 2 }]).AsTask();
        var failing = store.ApplyAsync(new PrioritiseReview("other", "damaged", 1), null).AsTask();
        other.Run("UPDATE humanloop_item SET facts = '{' WHERE sequence = 2; COMMIT");
        await first;
        await Assert.ThrowsAsync<StoreException>(() => failing);
        Assert.Equal(RoutingStatus.Recorded, (await counted)[0].Status);
        Assert.Equal(RoutingStatus.Refused, (await store.EnqueueAsync([Work.Review("c") with { MaxPending = 2 }]))[0].Status);
    }

    [Fact]
    public async Task Ids_and_workflows_differ_by_every_character()
    {
        var store = _folder.Open();
        string[] ids = ["a", "A", "a ", "ä", "a\u0308", new('x', 200), "😀", "%", "'"];
        foreach (var id in ids)
        {
            await store.EnqueueAsync(Work.Review(id));
            await store.EnqueueAsync(Work.Review(id, "Refund"));
        }

        foreach (var id in ids)
        {
            Assert.Equal(id, (await store.GetAsync("Refund", id))!.DecisionId.Value);
        }

        Assert.Null(await store.GetAsync("REFUND", "a"));
    }

    [Fact]
    public async Task A_forgotten_id_may_be_used_again_and_its_journal_goes_on()
    {
        var store = _folder.Open();
        var first = await store.EnqueueAsync(Work.Review("a"));
        await store.ApplyAsync(new WithdrawDecision("refund", "a", "mistake"), null);
        _folder.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, (await store.SweepAsync(Work.Sweep())).Forgotten);
        Assert.Null(await store.GetAsync("refund", "a"));

        var again = await store.EnqueueAsync(Work.Review("a"));
        Assert.True(again.Sequence > first.Sequence);
        Assert.Equal(3, again.Version);
        await store.ApplyAsync(Work.Verdict("a", "ann"), null);
        var story = await store.StreamAsync("a");
        Assert.Equal([1, 2, 3, 4], story.Select(entry => entry.Version));
        var stored = (await store.GetAsync("refund", "a"))!;
        Assert.Equal(again.Sequence, stored.Sequence);
        Assert.Equal(Work.Facts(WorkItem.Replay(story)), Work.Facts(stored));
        Assert.Equal(RoutingStatus.AlreadyRecorded, (await store.EnqueueAsync([Work.Review("a")]))[0].Status);
    }

    [Fact]
    public async Task Entries_from_elsewhere_are_appended_once()
    {
        var store = _folder.Open();
        var entry = Work.Review("elsewhere").Routed with { Version = 1, At = _folder.Clock.GetUtcNow() };
        await store.AppendAsync([entry, entry]);
        await store.AppendAsync([entry]);
        Assert.Equal(entry, Assert.Single(await store.ReadAsync(0, 10)).Entry);
    }
}
