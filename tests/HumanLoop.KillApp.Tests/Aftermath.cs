using HumanLoop.Journaling;
using HumanLoop.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.KillApp.Tests;

/// <summary>What a store holds after everybody was killed and the work was finished.</summary>
internal static class Aftermath
{
    /// <summary>Reviews whatever still waits for a person, until the dispatcher has finished all of it.</summary>
    public static async Task<Dictionary<DecisionId, WorkItem>> FinishAsync(IServiceProvider services)
    {
        var (queue, desk) = (services.GetRequiredService<IReviewQueue>(), services.GetRequiredService<IReviewDesk>());
        for (var wait = 0; ; wait++)
        {
            var items = await ItemsAsync(queue);
            var open = items.Values.Where(item => !item.IsClosed).ToList();
            if (open.Count == 0)
            {
                return items;
            }

            Assert.True(wait < 600, $"{open.Count} of {items.Count} are still open, such as {open[0].DecisionId} ({open[0].State}).");
            foreach (var item in open.Where(item => item.CountsAsPending))
            {
                // Without a lease: the holders are dead.
                await desk.DecideAsync(new("refund", item.DecisionId), Loop.IsApproved(item.DecisionId) ? new Verdict.Approved() : new Verdict.Rejected(), "the survivor");
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Each decision's story has no gap, leads to the very item, and has one verdict where a person was asked.</summary>
    public static void AssertTold(Dictionary<DecisionId, WorkItem> items, Dictionary<DecisionId, List<JournalEntry>> stories)
    {
        foreach (var (id, item) in items)
        {
            var story = stories[id];
            Assert.Equal(Enumerable.Range(1, story.Count).Select(version => (long)version), story.Select(entry => entry.Version));
            var replayed = WorkItem.Replay(story);
            Assert.Equal((item.State, item.Version, item.Revision, item.Effect, item.WasRight, item.ClosedAt), (replayed.State, replayed.Version, replayed.Revision, replayed.Effect, replayed.WasRight, replayed.ClosedAt));
            Assert.Equal(item.Routed.Route.Kind == RouteKind.StraightThrough ? 0 : 1, story.OfType<VerdictGiven>().Count());
        }
    }

    /// <summary>What was decided has happened in the world, once and under its one key, and nothing else has.</summary>
    public static void AssertHappened(Dictionary<DecisionId, WorkItem> items, World world)
    {
        var expected = new Dictionary<string, string>();
        foreach (var id in items.Keys)
        {
            var acts = items[id].Routed.Route.Kind != RouteKind.Review || Loop.IsApproved(id);
            expected[$"refund/{id}/{(acts ? "act" : "decline")}"] = id.Value;
            if (items[id].Routed.Route.Kind == RouteKind.Audit && !Loop.IsApproved(id))
            {
                expected[$"refund/{id}/compensate"] = id.Value;
            }
        }

        Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), world.Effects.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Empty(world.Calls.Except(expected.Keys));
    }

    public static async Task<Dictionary<DecisionId, List<JournalEntry>>> StoriesAsync(IServiceProvider services)
    {
        var journal = services.GetRequiredService<IDecisionJournal>();
        var stories = new Dictionary<DecisionId, List<JournalEntry>>();
        for (var page = await journal.ReadAsync(0, 1_000); page.Count > 0; page = await journal.ReadAsync(page[^1].Position, 1_000))
        {
            foreach (var entry in page.Select(record => record.Entry).Where(entry => !entry.DecisionId.IsEmpty))
            {
                stories.TryAdd(entry.DecisionId, []);
                stories[entry.DecisionId].Add(entry);
            }
        }

        return stories;
    }

    private static async Task<Dictionary<DecisionId, WorkItem>> ItemsAsync(IReviewQueue queue)
    {
        var items = new Dictionary<DecisionId, WorkItem>();
        for (WorkPage? page = null; page is null || page.Next is not null;)
        {
            page = await queue.ListAsync(new() { Limit = 1_000, Cursor = page?.Next });
            foreach (var item in page.Items)
            {
                items[item.DecisionId] = item;
            }
        }

        return items;
    }
}
