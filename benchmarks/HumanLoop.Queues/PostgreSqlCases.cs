using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HumanLoop.Queues;

/// <summary>New work, claims and verdicts on PostgreSQL, each beside its floor.</summary>
internal sealed class PostgreSqlCases(NpgsqlDataSource source, string connection, RowSizes sizes, Reference reference)
{
    public IEnumerable<Case> All =>
    [
        Floor("raw, 32 callers, a commit each", floor => floor.OneCommitEachAsync(32)),
        Floor("raw, 32 callers, group commit", floor => floor.GroupCommitAsync(32)),
        Route("route, 32 callers", "raw, 32 callers, group commit", loop => Callers.RunAsync(32, Callers.Usual, _ => loop.RouteAsync(1234))) with
        {
            Targets = [OfFloor("route, 32 callers", "raw, 32 callers, group commit"), Target.AtLeast(1.8, "× a commit each", results => results.Over("route, 32 callers", "raw, 32 callers, a commit each"))],
        },
        Floor("raw, 256 callers, group commit", floor => floor.GroupCommitAsync(256)),
        Route("route, 256 callers", "raw, 256 callers, group commit", loop => Callers.RunAsync(256, Callers.Usual, _ => loop.RouteAsync(1234))) with
        {
            Targets =
            [
                OfFloor("route, 256 callers", "raw, 256 callers, group commit"),
                Target.AtMost(2, "× floor's p99", results => results.PercentileOver("route, 256 callers", "raw, 256 callers, group commit", 0.99)),
            ],
        },
        Floor("raw, 100 a commit", floor => floor.BulkAsync(100)),
        Route("route many, 100 a call", "raw, 100 a commit", loop => Callers.RunAsync(1, Callers.Usual, _ => loop.RouteManyAsync(100))) with
        {
            Targets = [OfFloor("route many, 100 a call", "raw, 100 a commit"), OfReference(9, "route many, 100 a call")],
        },
        FilledFloor("raw claim 100", 20_000, floor => floor.ClaimAsync(100)),
        Filled("claim 100", "raw claim 100", 20_000, loop => Callers.RunAsync(1, Callers.Usual, async _ => (await loop.Desk.ClaimAsync(new() { Limit = 100 }, "ann")).Count)) with
        {
            Targets = [OfReference(9, "claim 100")],
        },
        FilledFloor("raw claim and verdict, 1 reviewer", 4_000, floor => floor.ReviewAsync(1)),
        Filled("claim and verdict, 1 reviewer", "raw claim and verdict, 1 reviewer", 4_000, loop => ReviewAsync(loop, 1)) with
        {
            Targets = [OfReference(0.2, "claim and verdict, 1 reviewer")],
        },
        FilledFloor("raw claim and verdict, 8 reviewers", 8_000, floor => floor.ReviewAsync(8)),
        Filled("claim and verdict, 8 reviewers", "raw claim and verdict, 8 reviewers", 8_000, loop => ReviewAsync(loop, 8)) with
        {
            Targets = [OfReference(0.55, "claim and verdict, 8 reviewers")],
        },
        new("claim 10 under a held snapshot", reference, HeldSnapshotAsync)
        {
            Targets = [Target.AtMost(1.3, "× p50 at the start", results => results.Growth("claim 10 under a held snapshot"))],
        },
    ];

    public static Target OfFloor(string name, string floor) => Target.AtLeast(0.5, "× floor", results => results.Over(name, floor));

    public static Target OfReference(double limit, string name) => Target.AtLeast(limit, "× ref", results => results.OverReference(name));

    public Loop Open(TemporarySchema schema, Action<Resolution<Refund>>? act = null, bool wakeOthers = true, int atOnce = 16) => new(
        store => store.UsePostgreSql(connection, options =>
        {
            options.Schema = schema.Name;
            options.WakeOthers = wakeOthers;
        }),
        act,
        atOnce);

    private static Task<Sample> ReviewAsync(Loop loop, int reviewers) => Callers.RunAsync(reviewers, Callers.Usual, reviewer => loop.ReviewAsync($"reviewer-{reviewer}"));

    private Case Floor(string name, Func<PostgreSqlFloor, Task<Sample>> run) => new(name, reference, async () =>
    {
        await using var schema = await TemporarySchema.CreateAsync(source, PostgreSqlFloor.Tables);
        return await run(new(source, schema.Name, sizes));
    });

    private Case FilledFloor(string name, int rows, Func<PostgreSqlReviewFloor, Task<Sample>> run) => new(name, reference, async () =>
    {
        await using var schema = await TemporarySchema.CreateAsync(source, PostgreSqlFloor.Tables);
        await new PostgreSqlFloor(source, schema.Name, sizes).FillAsync(rows);
        return await run(new(source, schema.Name, sizes));
    });

    private Case Route(string name, string floor, Func<Loop, Task<Sample>> run) => Filled(name, floor, 256, run);

    private Case Filled(string name, string floor, int reviews, Func<Loop, Task<Sample>> run) => new(name, reference, async () =>
    {
        await using var schema = await TemporarySchema.CreateAsync(source);
        await using var loop = Open(schema);
        await loop.RouteManyAsync(reviews);
        return await run(loop);
    })
    {
        Floor = floor,
    };

    /// <summary>Somebody's transaction keeps the dead rows of 30,000 claims.</summary>
    private async Task<Sample> HeldSnapshotAsync()
    {
        const int Rounds = 3_000;
        const int Around = 300;
        await using var schema = await TemporarySchema.CreateAsync(source);
        await using var loop = Open(schema);
        await loop.RouteManyAsync((Rounds + Around) * 10);
        for (var warm = 0; warm < Around; warm++)
        {
            await loop.Desk.ClaimAsync(new() { Limit = 10 }, "ann");
        }

        await using var other = await source.OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var look = new NpgsqlCommand($"SELECT count(*) FROM {schema.Name}.item", other, transaction);
        await look.ExecuteScalarAsync();
        var latencies = new double[Rounds];
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < Rounds; round++)
        {
            var began = clock.Elapsed;
            if ((await loop.Desk.ClaimAsync(new() { Limit = 10 }, "ann")).Count != 10)
            {
                throw new InvalidOperationException("A claim found less than there was.");
            }

            latencies[round] = (clock.Elapsed - began).TotalMilliseconds;
        }

        var elapsed = clock.Elapsed;
        return new(Rounds * 10, elapsed) { Milliseconds = [.. latencies.Order()], Growth = Median(latencies[^Around..]) / Median(latencies[..Around]) };

        static double Median(double[] figures) => figures.Order().ElementAt(figures.Length / 2);
    }
}
