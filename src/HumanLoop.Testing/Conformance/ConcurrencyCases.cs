using System.Collections.Concurrent;
using HumanLoop.Journaling;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Many at once.</summary>
internal static class ConcurrencyCases
{
    private const int Reviews = 1000;
    private const int Reviewers = 32;

    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(Thirty_two_reviewers_decide_a_thousand_reviews_and_none_twice),
        Of(Leases_lost_in_the_middle_of_reviews_settle_each_at_most_once),
    ];

    private static async Task Thirty_two_reviewers_decide_a_thousand_reviews_and_none_twice(QueueTrial t)
    {
        var ids = await EnqueueManyAsync(t).ConfigureAwait(false);
        var (given, effects) = (new ConcurrentDictionary<DecisionId, int>(), new ConcurrentDictionary<DecisionId, int>());
        await Task.WhenAll(Enumerable.Range(0, Reviewers).Select(reviewer => Task.Run(async () =>
        {
            while (await t.ClaimReviewsAsync($"r{reviewer}", 5).ConfigureAwait(false) is { Count: > 0 } claimed)
            {
                foreach (var item in claimed)
                {
                    given.AddOrUpdate(item.DecisionId, 1, (_, count) => count + 1);
                    var verdict = item.Sequence % 4 == 0 ? Sample.Reject(item.DecisionId, $"r{reviewer}") : Sample.Approve(item.DecisionId, $"r{reviewer}");
                    var result = await t.ApplyAsync(verdict, item.Revision).ConfigureAwait(false);
                    Expect.Equal(TransitionStatus.Applied, result.Status, "A verdict by the only holder");
                }
            }
        }))).ConfigureAwait(false);
        OnceEach(ids, given, "Reviews given to reviewers");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(process => Task.Run(async () =>
        {
            while (await t.ClaimActsAsync($"p{process}", 20).ConfigureAwait(false) is { Count: > 0 } claimed)
            {
                foreach (var item in claimed)
                {
                    effects.AddOrUpdate(item.DecisionId, 1, (_, count) => count + 1);
                    await t.ApplyAsync(Sample.Complete(item.DecisionId, $"p{process}", item.Effect), item.Revision).ConfigureAwait(false);
                }
            }
        }))).ConfigureAwait(false);
        OnceEach(ids, effects, "Effects given to processes");
        Expect.Equal(Reviews, (await t.ListAsync(new() { States = [DecisionState.Settled], Limit = 500 }).ConfigureAwait(false)).Count, "Settled decisions");
        await t.JournalExplainsEverythingAsync().ConfigureAwait(false);
    }

    private static async Task Leases_lost_in_the_middle_of_reviews_settle_each_at_most_once(QueueTrial t)
    {
        var ids = await EnqueueManyAsync(t, 200).ConfigureAwait(false);
        var decided = new ConcurrentDictionary<DecisionId, int>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(reviewer => Task.Run(async () =>
        {
            var random = new Random(reviewer);
            while (decided.Count < ids.Count)
            {
                foreach (var item in await t.ClaimReviewsAsync($"r{reviewer}", 3).ConfigureAwait(false))
                {
                    if (random.Next(3) == 0)
                    {
                        // This reviewer falls asleep: everybody's leases run out meanwhile, and others may take the work.
                        t.Clock.Advance(Sample.Lease);
                        await t.SweepAsync().ConfigureAwait(false);
                    }

                    var verdict = random.Next(2) == 0 ? Sample.Approve(item.DecisionId, $"r{reviewer}") : Sample.Reject(item.DecisionId, $"r{reviewer}");
                    if ((await t.ApplyAsync(verdict, item.Revision).ConfigureAwait(false)).IsApplied)
                    {
                        decided.AddOrUpdate(item.DecisionId, 1, (_, count) => count + 1);
                    }
                }

                await t.SweepAsync().ConfigureAwait(false);
                if (random.Next(8) == 0)
                {
                    t.Clock.Advance(Sample.Lease);
                }
            }
        }))).ConfigureAwait(false);
        OnceEach(ids, decided, "Verdicts applied");
        foreach (var stream in (await t.JournalAsync().ConfigureAwait(false)).GroupBy(entry => entry.DecisionId))
        {
            Expect.Equal(1, stream.OfType<VerdictGiven>().Count(), $"Verdicts in the journal of '{stream.Key}'");
        }

        await t.JournalExplainsEverythingAsync().ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<DecisionId>> EnqueueManyAsync(QueueTrial t, int count = Reviews)
    {
        var at = t.Now;
        var batches = Enumerable.Range(0, count).Select(i => Sample.Review($"{i}", at, due: at.AddMinutes(i % 60))).Chunk(100);
        var items = await Task.WhenAll(batches.Select(batch => Task.Run(() => t.EnqueueAsync(batch)))).ConfigureAwait(false);
        return [.. items.SelectMany(each => each).Select(item => item.DecisionId)];
    }

    private static void OnceEach(IReadOnlyList<DecisionId> ids, ConcurrentDictionary<DecisionId, int> counts, string what)
    {
        foreach (var id in ids)
        {
            Expect.Equal(1, counts.GetValueOrDefault(id), $"{what}: how often '{id}'");
        }
    }
}
