using HumanLoop.Journaling;
using HumanLoop.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.KillApp.Tests;

/// <summary>Processes that are stopped (<c>kill -STOP</c>) while they hold a lease, and go on when it has run out.</summary>
[Trait("Category", "Server")]
[Trait("Category", "Slow")]
public sealed class StopTests
{
    public static TheoryData<string> Stores => Store.Kinds;

    [Theory, MemberData(nameof(Stores))]
    public async Task A_reviewer_who_slept_past_the_lease_is_refused_and_the_verdict_of_another_stands(string kind)
    {
        using var store = new Store(kind);
        using var awake = Loop.Build(store.ConnectionString, store.World, new());
        await awake.StartAsync();
        await awake.Services.GetRequiredService<IDecisionRouter<string>>().RouteAsync(new("a") { Id = "a", Confidence = 0.5 });
        var queue = awake.Services.GetRequiredService<IReviewQueue>();
        using var sleeper = Child.Start(store, "sleeper", "hold");
        await sleeper.HearAsync("claimed a");
        sleeper.Sleep();

        var taken = await UntilAsync(async () => await queue.ClaimAsync(new() { Purpose = WorkPurpose.Review, Holder = "bob", Max = 1, Lease = TimeSpan.FromMinutes(1) }) is [var one] ? one : null);
        sleeper.WakeUp();
        await sleeper.TellAsync();
        Assert.Equal($"late {TransitionStatus.StaleRevision}", await sleeper.HearAsync("late"));
        var verdict = await queue.ApplyAsync(new GiveVerdict("refund", "a", VerdictKind.Rejected, false) { Actor = "bob", NeedsLease = true }, taken.Revision);
        Assert.True(verdict.IsApplied, $"{verdict.Status}");
        await sleeper.TellAsync();
        Assert.Equal($"late {TransitionStatus.AlreadyDecided}", await sleeper.HearAsync("late"));

        await UntilAsync(async () => await queue.GetAsync("refund", "a") is { State: DecisionState.Settled } settled ? settled : null);
        var story = (await Aftermath.StoriesAsync(awake.Services))["a"];
        Assert.Equal("bob", Assert.Single(story.OfType<VerdictGiven>()).Actor);
        Assert.Equal(["refund/a/decline"], new World(store.World).Calls);
        await awake.StopAsync();
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_process_that_slept_past_its_effects_lease_is_refused_and_the_effect_has_one_key(string kind)
    {
        using var store = new Store(kind);
        using var sleeper = Child.Start(store, "sleeper", "act");
        using var awake = Loop.Build(store.ConnectionString, store.World, new());
        var queue = awake.Services.GetRequiredService<IReviewQueue>();
        await awake.Services.GetRequiredService<IDecisionRouter<string>>().RouteAsync(new("a") { Id = "a", Confidence = 0.5 });
        await awake.Services.GetRequiredService<IReviewDesk>().DecideAsync(new("refund", "a"), new Verdict.Approved(), "ann");
        await sleeper.HearAsync("acted refund/a/act");
        sleeper.Sleep();
        Assert.Equal(DecisionState.Acting, (await queue.GetAsync("refund", "a"))!.State);

        await awake.StartAsync();
        await UntilAsync(async () => await queue.GetAsync("refund", "a") is { State: DecisionState.Settled } settled ? settled : null);
        sleeper.WakeUp();
        await sleeper.TellAsync();
        await sleeper.HearAsync("taken over");

        var story = (await Aftermath.StoriesAsync(awake.Services))["a"];
        Assert.Equal("refund/a/act", Assert.Single(story.OfType<EffectDone>()).Key);
        Assert.Equal(2, story.OfType<EffectStarted>().Select(started => started.Holder).Distinct().Count());
        Assert.Empty(story.OfType<EffectFailed>());
        var world = new World(store.World);
        Assert.Equal(["refund/a/act", "refund/a/act"], world.Calls);
        Assert.Equal("a", Assert.Single(world.Effects).Value);
        await awake.StopAsync();
    }

    private static async Task<T> UntilAsync<T>(Func<Task<T?>> look)
        where T : class
    {
        for (var wait = 0; wait < 600; wait++)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("It did not come to it.");
    }
}
