using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using HumanLoop.Queueing;

namespace HumanLoop.Tests.Journey;

public class FullLoopTests
{
    private const int Decisions = 40;

    /// <summary>Two processes, reviewers of every kind, a handler that fails before and after its effect, a store with hiccups: whatever the seed, all is settled and each key has one effect.</summary>
    [Property(MaxTest = 12)]
    public async Task Whatever_fails_on_the_way_every_decision_is_settled_and_every_key_has_one_effect(int seed)
    {
        var random = new Random(seed);
        var luck = new Random(seed ^ 0x5eed);
        var settings = TestLoop.Settings(("Acting:Retries", "100"), ("Threshold:AuditBudget", "0.25"), ("Review:UndoWindow", seed % 2 == 0 ? "00:00:05" : "00:00:00"));
        await using var here = new TestLoop(settings: settings);
        await using var there = new TestLoop(settings: settings, sharedWith: here);
        var sink = new ConcurrentDictionary<string, int>();
        var succeeded = new ConcurrentDictionary<string, int>();
        here.Handler.Does = there.Handler.Does = (resolution, _) => ActAsync(resolution);
        here.Store.Before = request => request is CompleteEffect or FailEffect && Unlucky(6) ? FaultyStore.Down : null;
        here.Store.After = request => request is CompleteEffect && Unlucky(8) ? FaultyStore.Down : null;
        await here.StartAsync();
        await there.StartAsync();
        var verdicts = new Dictionary<string, Verdict>();
        var routing = Task.WhenAll(Enumerable.Range(0, Decisions).Select(i => (i % 2 == 0 ? here : there).RouteAsync($"d-{i}", random.NextDouble() < 0.5 ? 0.95 : random.NextDouble()).AsTask()));
        await here.UntilAsync(() => routing.IsCompleted);
        var receipts = await routing;
        await here.UntilAsync(
            async () =>
            {
                foreach (var review in await here.Desk.ClaimAsync(new() { Limit = 5 }, "ana"))
                {
                    var verdict = Any(random);
                    if ((await there.Desk.DecideAsync(review.Id, review.Revision, verdict, "ana")).IsApplied)
                    {
                        verdicts[review.Id.DecisionId.Value] = verdict;
                    }
                }

                return (await ItemsAsync(here)).All(item => item.State == DecisionState.Settled);
            },
            TimeSpan.FromSeconds(1));

        Assert.Equal(Decisions, receipts.Length);
        var expected = receipts.SelectMany(receipt => Keys(receipt, verdicts.GetValueOrDefault(receipt.DecisionId.Value))).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(expected, sink.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(expected, succeeded.Keys.Order(StringComparer.Ordinal));
        Assert.All(sink, one => Assert.Equal(1, one.Value));
        await AssertReplayAsync(here);

        Task ActAsync(Resolution<Refund> resolution)
        {
            if (Unlucky(4))
            {
                throw new InvalidOperationException("before the effect");
            }

            // The sink is idempotent, as the receiver of a key should be.
            sink.TryAdd(resolution.IdempotencyKey, 1);
            if (Unlucky(4))
            {
                throw new InvalidOperationException("after the effect");
            }

            succeeded.TryAdd(resolution.IdempotencyKey, 1);
            return Task.CompletedTask;
        }

        bool Unlucky(int oneIn)
        {
            lock (luck)
            {
                return luck.Next(oneIn) == 0;
            }
        }
    }

    /// <summary>Random requests of reviewers and callers, sensible or not, while time passes: the journal always tells the whole story.</summary>
    [Property(MaxTest = 25)]
    public async Task Replaying_the_journal_makes_the_live_items_again(int seed)
    {
        var random = new Random(seed);
        await using var loop = new TestLoop(settings: TestLoop.Settings(
            ("Acting:Retries", "1"),
            ("Acting:Idempotent", seed % 3 == 0 ? "false" : "true"),
            ("Threshold:AuditBudget", "0.5"),
            ("Review:UndoWindow", seed % 2 == 0 ? "00:00:30" : "00:00:00"),
            ("Review:WhenOverdue", seed % 5 == 0 ? "Expire" : "Escalate"),
            ("Review:EscalateTo:0", "lead"),
            ("Review:Deadline", "00:20:00")));
        loop.Handler.Throws(_ =>
        {
            lock (random)
            {
                return random.Next(3) == 0;
            }
        });
        await loop.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            await loop.RouteAsync($"d-{i}", i % 3 == 0 ? 0.1 : 0.95);
        }

        for (var step = 0; step < 150; step++)
        {
            int what, which;
            lock (random)
            {
                (what, which) = (random.Next(14), random.Next(12));
            }

            await StepAsync(loop, what, TestLoop.Review($"d-{which}"), random);
        }

        await loop.StopAsync();
        await AssertReplayAsync(loop);
    }

    private static async Task StepAsync(TestLoop loop, int what, ReviewId id, Random random)
    {
        var revision = (await loop.ItemAsync(id.DecisionId.Value)).Revision;
        await (what switch
        {
            0 or 1 => loop.Desk.ClaimAsync(new() { Limit = 2 }, "ana"),
            2 => loop.Desk.ClaimAsync(new(), "lead"),
            3 => loop.Desk.DecideAsync(id, revision, Any(random), "ana"),
            4 or 5 => loop.Desk.DecideAsync(id, Any(random), "bob"),
            6 => loop.Desk.ReleaseAsync(id, revision, "ana"),
            7 => loop.Desk.AbstainAsync(id, revision, "ana"),
            8 => loop.Desk.EscalateAsync(id, revision, "ana"),
            9 => loop.Desk.UndoAsync(id, revision, "bob"),
            10 => loop.Router.RecordOutcomeAsync(id.DecisionId, new(revision % 2 == 0)),
            11 => loop.Desk.AssignAsync(id, revision % 2 == 0 ? "carol" : null, "lead"),
            12 => revision % 2 == 0 ? loop.Desk.RetryDeadLetterAsync(id, "lead") : loop.Router.WithdrawAsync(id.DecisionId, "x"),
            _ => AdvanceAsync(),
        });

        async Task AdvanceAsync()
        {
            loop.Clock.Advance(TimeSpan.FromMinutes(3));
            await Task.Delay(1);
        }
    }

    private static Verdict Any(Random random)
    {
        int kind;
        lock (random)
        {
            kind = random.Next(4);
        }

        return kind switch
        {
            0 => new Verdict.Rejected(),
            1 => new Verdict.Corrected(JsonSerializer.SerializeToElement(new Refund("Ada", 7), JsonSerializerOptions.Web)),
            _ => new Verdict.Approved(),
        };
    }

    private static IEnumerable<string> Keys(RoutingReceipt receipt, Verdict? verdict)
    {
        var name = $"{receipt.Workflow}/{receipt.DecisionId}";
        if (receipt.Route.ActsAtOnce)
        {
            yield return $"{name}/act";
            if (verdict is Verdict.Corrected or Verdict.Rejected)
            {
                yield return $"{name}/compensate";
            }
        }
        else
        {
            yield return verdict is Verdict.Rejected ? $"{name}/decline" : $"{name}/act";
        }
    }

    private static async Task<IReadOnlyList<WorkItem>> ItemsAsync(TestLoop loop) => (await ((IReviewQueue)loop.Store).ListAsync(new() { Limit = 1000 })).Items;

    private static async Task AssertReplayAsync(TestLoop loop)
    {
        var journal = (await loop.JournalAsync()).Where(entry => !entry.DecisionId.IsEmpty).GroupBy(entry => entry.DecisionId).ToDictionary(story => story.Key);
        foreach (var item in await ItemsAsync(loop))
        {
            var story = journal[item.DecisionId].ToArray();
            Assert.Equal(Enumerable.Range(1, story.Length).Select(version => (long)version), story.Select(entry => entry.Version));
            Assert.Equal(Text(item), Text(WorkItem.Replay(story)));
        }

        static string Text(WorkItem item) => Encoding.UTF8.GetString(WorkItemJson.Write(item));
    }
}
