using HumanLoop.Queueing;
using HumanLoop.Testing;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>A claim walks over nothing that nobody who asks may have.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class ClaimingTests
{
    private readonly string _schema = Server.NewSchema();

    [PostgresFact]
    public async Task Work_for_other_skills_has_a_slot_of_its_own_and_is_not_waded_through()
    {
        await using var store = Server.Open(_schema, new ManualClock());
        await store.EnqueueAsync([.. Enumerable.Range(0, 40).Select(i => Requiring($"{i:00}", (i % 4) switch { 0 => "german", 1 => "fraud german", 2 => "french", _ => null }))]);
        Assert.Equal(["", "\nfraud german", "\nfrench", "\ngerman"], Slots());

        Assert.Equal(["03", "07"], Ids(await store.ClaimAsync(Work.Claim("ann", 2))));
        Assert.Equal(["00", "04", "08", "11"], Ids(await store.ClaimAsync(Work.Claim("bob", 4) with { Skills = ["german"] })));
        Assert.Equal(["01", "05", "09", "12"], Ids(await store.ClaimAsync(Work.Claim("eve", 4) with { Skills = ["fraud", "german"] })));
    }

    [PostgresFact]
    public async Task Work_that_requires_skills_is_passed_over_by_those_who_abstained_from_it()
    {
        await using var store = Server.Open(_schema, new ManualClock());
        await store.EnqueueAsync([.. Enumerable.Range(0, 6).Select(i => Requiring($"{i}", "german"))]);
        for (var i = 0; i < 5; i++)
        {
            await store.ApplyAsync(new AbstainFromReview("refund", $"{i}", null) { Actor = "ann" }, null);
        }

        Assert.Equal(["\ngerman"], Slots());
        Assert.Equal(["5"], Ids(await store.ClaimAsync(Work.Claim("ann", 10) with { Skills = ["german"] })));
        Assert.Equal(["0", "1"], Ids(await store.ClaimAsync(Work.Claim("bob", 2) with { Skills = ["german"] })));
    }

    [PostgresFact]
    public async Task Work_that_somebody_voted_on_is_not_among_what_everybody_may_have()
    {
        await using var store = Server.Open(_schema, new ManualClock());
        await store.EnqueueAsync([.. Enumerable.Range(0, 3).Select(i => Work.Review($"{i}") is var work ? work with { Routed = work.Routed with { Reviewers = 2 } } : work)]);
        await store.ApplyAsync(Work.Verdict("0", "ann"), null);
        Assert.Equal(["", "\u0001"], Slots());
        Assert.Equal(["1", "2"], Ids(await store.ClaimAsync(Work.Claim("ann", 10))));
        Assert.Equal(["0"], Ids(await store.ClaimAsync(Work.Claim("bob", 10))));
    }

    [PostgresFact]
    public async Task Many_who_ask_at_once_get_each_what_they_may_have_and_nothing_twice()
    {
        await using var store = Server.Open(_schema, new ManualClock());
        await store.EnqueueAsync([.. Enumerable.Range(0, 300).Select(i => Requiring($"{i:000}", i < 200 ? "german" : null))]);
        for (var i = 200; i < 220; i++)
        {
            await store.ApplyAsync(new AbstainFromReview("refund", $"{i}", null) { Actor = "reviewer 0" }, null);
        }

        var claimed = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
            (Skilled: n % 2 == 1, Items: await store.ClaimAsync(Work.Claim($"reviewer {n}", 10) with { Skills = n % 2 == 1 ? ["german"] : [] }))));
        Assert.All(claimed, one => Assert.Equal(10, one.Items.Count));
        Assert.All(claimed, one => Assert.All(one.Items, item => Assert.Equal(one.Skilled, item.Routed.Requires is not null)));
        Assert.DoesNotContain(claimed[0].Items, item => item.Abstained.Count > 0);
        Assert.Equal(200, claimed.SelectMany(one => one.Items).Select(item => item.DecisionId).Distinct().Count());
    }

    private static NewWork Requiring(string id, string? requires)
    {
        var work = Work.Review(id);
        return work with { Routed = work.Routed with { Requires = requires } };
    }

    private static IEnumerable<string> Ids(IEnumerable<WorkItem> items) => items.Select(item => item.DecisionId.Value);

    private string[] Slots() => (string[])Server.Cluster.Ask($"SELECT array_agg(DISTINCT slot ORDER BY slot) FROM {_schema}.item WHERE lane = 0")!;
}
