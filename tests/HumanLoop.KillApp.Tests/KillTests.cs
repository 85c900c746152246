using HumanLoop.Journaling;
using HumanLoop.PostgreSql.Tests;
using Xunit.Abstractions;

namespace HumanLoop.KillApp.Tests;

/// <summary>Processes that record, claim, decide and act, and are killed (<c>kill -9</c>) in the middle of it.</summary>
[Trait("Category", "Server")]
[Trait("Category", "Slow")]
public sealed class KillTests(ITestOutputHelper output)
{
    // HUMANLOOP_LONG=1 kills 200 times.
    private static readonly int Kills = Need.IsLong ? 200 : 6;

    public static TheoryData<string> Stores => Store.Kinds;

    [Theory, MemberData(nameof(Stores))]
    public async Task Killed_at_random_moments_they_lose_nothing_acknowledged_and_nothing_happens_twice(string kind)
    {
        using var store = new Store(kind);
        var chance = new Random(20261125);
        var (recorded, decided, kills) = (new HashSet<DecisionId>(), new HashSet<DecisionId>(), 0);
        while (kills < Kills)
        {
            // Two at once, where the store is made for it: the one takes over what the other leaves behind.
            var runs = Enumerable.Range(0, store.IsShared ? 2 : 1).Select(_ => RunAsync(store, $"run{kills++}", chance.Next(1, 300), chance.Next(0, 3_000))).ToList();
            foreach (var line in (await Task.WhenAll(runs)).SelectMany(said => said))
            {
                var words = line.Split(' ');
                _ = words[0] switch
                {
                    "recorded" => recorded.Add(new(words[1])),
                    "decided" => IsNew(decided, new(words[1])),
                    _ => false,
                };
            }
        }

        using var survivor = Loop.Build(store.ConnectionString, store.World, new());
        await survivor.StartAsync();
        var items = await Aftermath.FinishAsync(survivor.Services);
        var stories = await Aftermath.StoriesAsync(survivor.Services);
        await survivor.StopAsync();

        var world = new World(store.World);
        Assert.NotEmpty(decided);
        Assert.Empty(recorded.Except(items.Keys));
        Assert.DoesNotContain(decided, id => stories[id].OfType<VerdictGiven>().Single().Actor == "the survivor");
        Aftermath.AssertTold(items, stories);
        Aftermath.AssertHappened(items, world);
        output.WriteLine($"{kills} kills: {recorded.Count} recorded, {decided.Count} decided, {world.Calls.Count()} calls for {world.Effects.Count} effects of {items.Count} decisions; none lost, none twice.");
    }

    /// <summary>Runs until it has said so many words, and a few microseconds more: the kill may come at any instruction.</summary>
    private static async Task<List<string>> RunAsync(Store store, string name, int words, int spins)
    {
        using var child = Child.Start(store, name, "work");
        var said = new List<string>();
        while (await child.HearAsync() is { } line)
        {
            said.Add(line);
            if (said.Count == words)
            {
                Thread.SpinWait(spins);
                child.Kill();
            }
        }

        await child.AssertKilledAsync();
        return said;
    }

    private static bool IsNew(HashSet<DecisionId> decided, DecisionId id)
    {
        Assert.True(decided.Add(id), $"Two people were told that they had decided {id}.");
        return true;
    }
}
