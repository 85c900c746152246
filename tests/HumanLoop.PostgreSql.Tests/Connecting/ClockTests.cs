using HumanLoop.Queueing;
using HumanLoop.Testing;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>Machines whose clocks disagree, transactions that stay open, and what others see.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class ClockTests
{
    private readonly string _schema = Server.NewSchema();

    [PostgresFact]
    public async Task Processes_whose_clocks_are_an_hour_off_agree_on_when_a_lease_ends()
    {
        await using var behind = Open(TimeSpan.FromHours(-1));
        await using var ahead = Open(TimeSpan.FromHours(1));
        await behind.EnqueueAsync(Work.Review("a"));
        var held = Assert.Single(await behind.ClaimAsync(Work.Claim("ann")));
        Assert.Empty((await ahead.SweepAsync(Work.Sweep())).Entries);
        Assert.Empty(await ahead.ClaimAsync(Work.Claim("bob")));
        Assert.True((await behind.ApplyAsync(Work.Verdict("a", "ann") with { NeedsLease = true }, held.Revision)).IsApplied);
        var server = new DateTimeOffset((DateTime)Server.Cluster.Ask("SELECT clock_timestamp()")!);
        Assert.InRange((behind.StoreNow - server).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange((ahead.StoreNow - server).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [PostgresFact]
    public async Task A_holder_who_slept_past_the_lease_is_refused_by_type()
    {
        await using var store = Open(TimeSpan.Zero);
        await store.EnqueueAsync(Work.Review("a"));
        var held = Assert.Single(await store.ClaimAsync(Work.Claim("ann") with { Lease = TimeSpan.FromMilliseconds(1) }));
        while ((await store.SweepAsync(Work.Sweep())).Entries.Count == 0)
        {
            await Task.Yield();
        }

        var late = await store.ApplyAsync(Work.Verdict("a", "ann") with { NeedsLease = true }, held.Revision);
        Assert.Equal((TransitionStatus.StaleRevision, null), (late.Status, late.Entry));
    }

    [PostgresFact]
    public async Task Entries_behind_an_open_transaction_are_read_once_it_is_over_and_none_is_missed()
    {
        await using var store = Server.Open(_schema, new ManualClock());
        await store.EnqueueAsync(Work.Review("a"));
        Assert.Single(await store.ReadAsync(0, 10));
        await using var source = Npgsql.NpgsqlDataSource.Create(Server.Cluster.ConnectionString());
        await using var connection = await source.OpenConnectionAsync();
        await using var open = await connection.BeginTransactionAsync();
        await store.Transactions.EnlistAsync(open, Work.Review("early position, late commit"));
        await store.EnqueueAsync(Work.Review("b"));
        var before = await store.ReadAsync(0, 10);
        Assert.Equal(["a"], before.Select(record => record.Entry.DecisionId.Value));
        await open.CommitAsync();
        Assert.Equal(["early position, late commit", "b"], (await store.ReadAsync(before[^1].Position, 10)).Select(record => record.Entry.DecisionId.Value));
    }

    [PostgresFact]
    public async Task Transactions_that_write_elsewhere_hold_up_no_reader()
    {
        Server.Cluster.Execute("CREATE TABLE IF NOT EXISTS others (id int)");
        Server.Cluster.Execute($"CREATE DATABASE {_schema}");
        await using var here = Npgsql.NpgsqlDataSource.Create(Server.Cluster.ConnectionString());
        await using var elsewhere = Npgsql.NpgsqlDataSource.Create(Server.Cluster.ConnectionString(_schema));
        await using var connection = await here.OpenConnectionAsync();
        await using var other = await elsewhere.OpenConnectionAsync();
        await using var open = await connection.BeginTransactionAsync();
        await using var alsoOpen = await other.BeginTransactionAsync();
        await using (var write = new Npgsql.NpgsqlCommand("INSERT INTO others VALUES (1)", connection, open))
        {
            await write.ExecuteNonQueryAsync();
        }

        await using (var write = new Npgsql.NpgsqlCommand("CREATE TABLE others (id int)", other, alsoOpen))
        {
            await write.ExecuteNonQueryAsync();
        }

        await using var store = Server.Open(_schema, new ManualClock());
        await store.EnqueueAsync(Work.Review("a"));
        Assert.Single(await store.ReadAsync(0, 10));
        await using var fresh = Server.Open(_schema, new ManualClock());
        Assert.Single(await fresh.ReadAsync(0, 10));
    }

    [PostgresFact]
    public async Task A_reader_that_follows_busy_processes_misses_nothing()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => Server.Open(_schema, TimeProvider.System)).ToList();
        var loads = stores.Select((store, i) => new Load(store, $"busy{i}")).ToList();
        loads.ForEach(load => load.Start(8));
        await using var reader = Server.Open(_schema, TimeProvider.System);
        var (seen, after) = (new HashSet<(string, long)>(), 0L);
        for (var wait = 0; loads.Sum(load => load.Decided.Count) < 400; wait++)
        {
            Assert.True(wait < 20_000, "It is too slow.");
            await ReadOnAsync();
        }

        await Task.WhenAll(loads.Select(load => load.StopAsync()));
        while (await ReadOnAsync() > 0)
        {
        }

        var all = new HashSet<(string, long)>();
        for (var page = await stores[0].ReadAsync(0, 10_000); page.Count > 0; page = await stores[0].ReadAsync(page[^1].Position, 10_000))
        {
            all.UnionWith(page.Select(record => (record.Entry.DecisionId.Value, record.Entry.Version)));
        }

        Assert.Equal(Server.Cluster.Ask($"SELECT count(*) FROM {_schema}.journal"), (long)all.Count);
        Assert.Empty(all.Except(seen));
        loads.ForEach(load => load.Dispose());
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        async Task<int> ReadOnAsync()
        {
            var page = await reader.ReadAsync(after, 100);
            seen.UnionWith(page.Select(record => (record.Entry.DecisionId.Value, record.Entry.Version)));
            after = page.Count > 0 ? page[^1].Position : after;
            return page.Count;
        }
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_snapshot_that_is_held_makes_claims_slower_only_without_the_mark(bool marks)
    {
        await using var store = Server.Open(_schema, new ManualClock(), options => options.UseWatermarks = marks);
        var due = new ManualClock().GetUtcNow();
        const int Rounds = 400;
        for (var batch = 0; batch < Rounds / 20; batch++)
        {
            await store.EnqueueAsync([.. Enumerable.Range(0, 200).Select(i => Work.Review($"{batch}-{i}", due: due.AddSeconds((batch * 200) + i)))]);
        }

        await using var source = Npgsql.NpgsqlDataSource.Create(Server.Cluster.ConnectionString());
        await using var connection = await source.OpenConnectionAsync();
        await using var held = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var look = new Npgsql.NpgsqlCommand("SELECT 1", connection, held);
        await look.ExecuteScalarAsync();
        for (var round = 0; round < Rounds - 20; round++)
        {
            Assert.Equal(10, (await store.ClaimAsync(Work.Claim("ann", 10))).Count);
        }

        // What the next claim would walk over, by the pages that it touches: as the store would ask, from its mark or from the beginning.
        var mark = store.WatermarkOf(WorkPurpose.Review, "refund");
        Assert.Equal(marks, mark != QueuePosition.First);
        var pages = Pages(mark);
        Assert.True(marks ? pages < 60 : pages > 100, $"{pages} pages");
    }

    private int Pages(QueuePosition mark)
    {
        var plan = (string)Server.Cluster.Ask($"""
            SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off;
            EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT sequence FROM {_schema}.item WHERE lane = 0 AND workflow = 1 AND slot = '' AND (rank, due, sequence) > ({mark.Rank}, {mark.Due}, {mark.Sequence}) ORDER BY rank, due, sequence LIMIT 10
            """)!;
        using var json = System.Text.Json.JsonDocument.Parse(plan);
        var root = json.RootElement[0].GetProperty("Plan");
        return root.GetProperty("Shared Hit Blocks").GetInt32() + root.GetProperty("Shared Read Blocks").GetInt32();
    }

    private PostgreSqlStore Open(TimeSpan off) => Server.Open(_schema, new ShiftedClock(off), options => options.UseDatabaseClock = true);

    /// <summary>The clock of a machine that is wrong.</summary>
    private sealed class ShiftedClock(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + off;
    }
}
