using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace HumanLoop.Queues;

/// <summary>Effects on PostgreSQL: how fast the dispatcher drains what was decided, and how soon one store does what another has decided.</summary>
/// <remarks>The other store is in the same process, with connections and a dispatcher of its own: nothing but the database goes between them.</remarks>
internal sealed class DispatchCases(NpgsqlDataSource source, PostgreSqlCases stores, Reference reference)
{
    private const string Usual = "drain of decided effects, 16 at once";
    private const string Wide = "drain of decided effects, 200 at once";
    private const string Silent = "verdict, 32 callers, others not told";
    private const string Telling = "verdict, 32 callers, others told";
    private const string WakeUp = "verdict to handler in another store";

    public IEnumerable<Case> All =>
    [
        Drain(Usual, 16),
        Drain(Wide, 200),
        new(Silent, reference, () => VerdictsAsync(wakeOthers: false)),
        new(Telling, reference, () => VerdictsAsync(wakeOthers: true))
        {
            Targets = [Target.AtLeast(0.9, "× not told", results => results.Over(Telling, Silent))],
        },
        new(WakeUp, reference, WakeUpAsync)
        {
            Targets = [Target.AtMost(60, "ms p99", results => results.Percentile(WakeUp, 0.99))],
        },
    ];

    private Case Drain(string name, int atOnce) => new(name, reference, () => DrainAsync(atOnce))
    {
        Targets =
        [
            PostgreSqlCases.OfReference(3, name),
            Target.AtLeast(40, "× Hangfire", results => results.Over(name, HangfirePeer.Process)),
            Target.AtLeast(0.5, "× graphile-worker (stretch)", results => results.Over(name, GraphilePeer.Process)),
        ],
    };

    private async Task<Sample> DrainAsync(int atOnce)
    {
        const int Effects = 6_000;
        await using var schema = await TemporarySchema.CreateAsync(source);
        var called = 0;
        await using var loop = stores.Open(schema, _ => Interlocked.Increment(ref called), atOnce: atOnce);
        await using (var learner = stores.Open(schema))
        {
            // It learns from what is decided and has no handler, so that only the effects are left to do.
            await learner.StartAsync();
            await loop.DecideManyAsync(Effects);
        }

        await using var left = source.CreateCommand($"SELECT count(*) FROM {schema.Name}.item WHERE state IN ({(int)DecisionState.ActDue}, {(int)DecisionState.Acting})");
        var clock = Stopwatch.StartNew();
        await loop.StartAsync();
        while (Volatile.Read(ref called) < Effects || (long)(await left.ExecuteScalarAsync())! > 0)
        {
            await Task.Delay(5);
        }

        var elapsed = clock.Elapsed;
        return called == Effects ? new(Effects, elapsed) : throw new InvalidOperationException($"{called} calls for {Effects} effects.");
    }

    private async Task<Sample> VerdictsAsync(bool wakeOthers)
    {
        const int Reviews = 12_000;
        await using var schema = await TemporarySchema.CreateAsync(source);
        await using var loop = stores.Open(schema, wakeOthers: wakeOthers);
        await using var other = stores.Open(schema, wakeOthers: wakeOthers);
        var reviews = new ConcurrentQueue<ReviewId>();
        await other.StartAsync();
        await loop.RouteManyAsync(Reviews);
        while (reviews.Count < Reviews)
        {
            foreach (var review in await loop.Desk.ClaimAsync(new() { Limit = 100 }, "ann"))
            {
                reviews.Enqueue(review.Id);
            }
        }

        return await Callers.RunAsync(32, Callers.Usual, async _ => reviews.TryDequeue(out var review) ? await loop.DecideAsync(review) : 0);
    }

    private async Task<Sample> WakeUpAsync()
    {
        const int Verdicts = 150;
        await using var schema = await TemporarySchema.CreateAsync(source);
        var done = new ConcurrentDictionary<DecisionId, TaskCompletionSource>();
        await using var loop = stores.Open(schema, _ => throw new InvalidOperationException("Only the other store's services run."));
        await using var other = stores.Open(schema, resolution => done[resolution.Decision.Id].SetResult());
        await loop.RouteManyAsync(Verdicts);
        await other.StartAsync();
        var latencies = new List<double>();
        var random = new Random(17);
        var clock = Stopwatch.StartNew();
        foreach (var review in (await loop.Desk.ClaimAsync(new() { Limit = 100 }, "ann")).Concat(await loop.Desk.ClaimAsync(new() { Limit = 100 }, "ann")))
        {
            // Some before the pause between two hints has passed.
            await Task.Delay(random.Next(60));
            var acted = done[review.Id.DecisionId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var began = Stopwatch.GetTimestamp();
            await loop.DecideAsync(review.Id);
            await acted.Task;
            latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return new(latencies.Count, clock.Elapsed) { Milliseconds = [.. latencies.Order()] };
    }
}
