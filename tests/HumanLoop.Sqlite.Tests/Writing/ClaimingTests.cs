using HumanLoop.Queueing;

namespace HumanLoop.Sqlite.Tests;

public sealed class ClaimingTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_most_urgent_is_claimed_first()
    {
        var store = _folder.Open();
        var now = _folder.Clock.GetUtcNow();
        await store.EnqueueAsync([
            Work.Review("never due"),
            Work.Review("due later", due: now.AddHours(2)),
            Work.Review("due a tick sooner", due: now.AddHours(2).AddTicks(-1)),
            Work.Review("due later too", "other", due: now.AddHours(2)),
            Work.Review("raised"),
            Work.Review("lowered", due: now.AddHours(1)),
        ]);
        await store.ApplyAsync(new PrioritiseReview("refund", "raised", int.MaxValue), null);
        await store.ApplyAsync(new PrioritiseReview("refund", "lowered", int.MinValue), null);
        var claimed = new List<string>();
        while (await store.ClaimAsync(Work.Claim("ann", 2)) is { Count: > 0 } items)
        {
            claimed.AddRange(items.Select(item => item.DecisionId.Value));
        }

        Assert.Equal(["raised", "due a tick sooner", "due later", "due later too", "never due", "lowered"], claimed);
    }

    [Fact]
    public async Task Two_stores_on_one_file_give_each_review_to_one_reviewer()
    {
        var stores = new[] { _folder.Open(), _folder.Open() };
        await stores[0].EnqueueAsync([.. Enumerable.Range(0, 1_000).Select(i => Work.Review($"{i}"))]);
        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(reviewer => Task.Run(async () =>
        {
            var mine = new List<WorkItem>();
            while (await stores[reviewer % 2].ClaimAsync(Work.Claim($"reviewer {reviewer}", 7)) is { Count: > 0 } items)
            {
                mine.AddRange(items);
            }

            return mine;
        })));
        var all = claimed.SelectMany(mine => mine).ToList();
        Assert.Equal(1_000, all.Count);
        Assert.Equal(1_000, all.Select(item => item.DecisionId).Distinct().Count());
        Assert.Equal(2_000, (await stores[1].ReadAsync(0, 10_000)).Count);
    }

    [Fact]
    public async Task Work_for_other_skills_has_a_key_of_its_own_and_is_not_waded_through()
    {
        var store = _folder.Open();
        await store.EnqueueAsync([.. Enumerable.Range(0, 40).Select(i => Requiring($"{i:00}", (i % 4) switch { 0 => "german", 1 => "fraud german", 2 => "french", _ => null }))]);
        Assert.Equal(["", "\nfraud german", "\nfrench", "\ngerman"], _folder.Connect().Read("SELECT DISTINCT assignee FROM humanloop_item ORDER BY assignee"));

        Assert.Equal(["03", "07"], Ids(await store.ClaimAsync(Work.Claim("ann", 2))));
        Assert.Equal(["00", "04", "08", "11"], Ids(await store.ClaimAsync(Work.Claim("bob", 4) with { Skills = ["german"] })));
        Assert.Equal(["01", "05", "09", "12"], Ids(await store.ClaimAsync(Work.Claim("eve", 4) with { Skills = ["fraud", "german"] })));

        static NewWork Requiring(string id, string? requires)
        {
            var work = Work.Review(id);
            return work with { Routed = work.Routed with { Requires = requires } };
        }

        static IEnumerable<string> Ids(IEnumerable<WorkItem> items) => items.Select(item => item.DecisionId.Value);
    }

    [Fact]
    public async Task What_is_assigned_to_others_or_was_abstained_from_is_passed_over()
    {
        var store = _folder.Open();
        await store.EnqueueAsync([.. Enumerable.Range(0, 30).Select(i => Work.Review($"{i:00}", segment: i % 2 == 0 ? "vip" : null))]);
        for (var i = 0; i < 10; i++)
        {
            await store.ApplyAsync(new AssignReview("refund", $"{i:00}", "bob"), null);
            await store.ApplyAsync(new AbstainFromReview("refund", $"{i + 10:00}", null) { Actor = "an" }, null);
            await store.ApplyAsync(new AbstainFromReview("refund", $"{i + 10:00}", null) { Actor = "ann\"b" }, null);
        }

        var segment = await store.ClaimAsync(Work.Claim("an") with { Segment = "vip" });
        Assert.Equal("20", Assert.Single(segment).DecisionId.Value);
        Assert.Equal(9, (await store.ClaimAsync(Work.Claim("an", 100))).Count);
        Assert.Equal(10, (await store.ClaimAsync(Work.Claim("bob", 10))).Count(item => item.AssignedTo == "bob"));
        Assert.Equal(10, (await store.ClaimAsync(Work.Claim("ann", 100))).Count);
    }

    [Fact]
    public async Task Work_that_was_not_ready_is_claimed_when_its_time_has_come()
    {
        var store = _folder.Open();
        await store.EnqueueAsync([Work.Review("a"), Work.Review("b")]);
        await store.ApplyAsync(Work.Verdict("a", "ann"), null);
        var act = Assert.Single(await store.ClaimAsync(Act()));
        await store.ApplyAsync(new FailEffect("refund", "a", "Boom", "no answer", 1, _folder.Clock.GetUtcNow().AddMinutes(1)) { Actor = act.LeaseHolder }, null);
        Assert.Empty(await store.ClaimAsync(Act()));

        // Claims of others do not even look at it.
        Assert.Equal(1, _folder.Connect().Count("humanloop_item WHERE lane = 3"));
        _folder.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = Assert.Single(await store.ClaimAsync(Act()));
        Assert.Equal((2, "no answer"), (again.Attempt, again.Payload!.LastError));

        static ClaimRequest Act() => Work.Claim("process", 10) with { Purpose = WorkPurpose.Act };
    }

    [Fact]
    public async Task Pages_follow_the_order_of_claims_and_skip_and_repeat_nothing()
    {
        var store = _folder.Open();
        await store.EnqueueAsync([.. Enumerable.Range(0, 57).Select(i => Work.Review($"{i:00}", i % 3 == 0 ? "other" : "refund", i % 2 == 0 ? "vip" : null, i % 5 == 0 ? "carl" : null))]);
        foreach (var request in (ListRequest[])[new(), new() { Workflow = "refund" }, new() { Segment = "vip" }, new() { Subject = "carl" }, new() { Holder = "ann" }, new() { States = [DecisionState.Claimed] }])
        {
            await store.ClaimAsync(Work.Claim("ann", 5));
            var all = (await store.ListAsync(request with { Limit = 1_000 })).Items.Select(item => item.DecisionId.Value).ToList();
            var paged = new List<string>();
            for (var page = await store.ListAsync(request with { Limit = 4 }); ; page = await store.ListAsync(request with { Limit = 4, Cursor = page.Next }))
            {
                paged.AddRange(page.Items.Select(item => item.DecisionId.Value));
                if (page.Next is null)
                {
                    break;
                }
            }

            Assert.Equal(all, paged);
            Assert.Equal(all.Order(), all);
            Assert.NotEmpty(all);
        }

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.ListAsync(new() { Cursor = "1_2" }));
    }
}
