namespace HumanLoop.Sqlite.Tests;

public sealed class SchemaTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_newer_schema_is_refused_by_both_numbers_and_left_as_it_is()
    {
        await _folder.Open().EnqueueAsync(Work.Review("a"));
        var other = _folder.Connect();
        other.Run("UPDATE humanloop_schema SET version = 7");
        var store = _folder.Open();
        foreach (var call in (Func<Task>[])[async () => await store.EnqueueAsync([Work.Review("b")]), async () => await store.GetAsync("refund", "a")])
        {
            var failure = await Assert.ThrowsAsync<StoreMismatchException>(call);
            Assert.Contains("schema 7", failure.Message, StringComparison.Ordinal);
            Assert.Contains($"up to {SqliteSchema.Current}", failure.Message, StringComparison.Ordinal);
            Assert.Contains("Upgrade HumanLoop", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, other.Count("humanloop_item"));
    }

    [Fact]
    public async Task The_file_may_hold_the_applications_own_tables()
    {
        var own = _folder.Connect();
        own.Run("CREATE TABLE customer (id INTEGER PRIMARY KEY); INSERT INTO customer VALUES (1); PRAGMA user_version = 42");
        await _folder.Open().EnqueueAsync(Work.Review("a"));
        Assert.Equal(1, own.Count("customer"));
        Assert.Equal(["42"], own.Read("PRAGMA user_version"));
        Assert.All(own.Read("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'customer'"), name => Assert.StartsWith("humanloop_", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_with_another_encoding_is_refused()
    {
        _folder.Connect().Run("PRAGMA encoding = 'UTF-16'; CREATE TABLE customer (id INTEGER PRIMARY KEY)");
        var failure = await Assert.ThrowsAsync<StoreException>(async () => await _folder.Open().EnqueueAsync([Work.Review("a")]));
        Assert.Contains("UTF-8", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_processes_may_create_the_file_at_once()
    {
        var stores = Enumerable.Range(0, 6).Select(_ => _folder.Open()).ToList();
        await Task.WhenAll(stores.Select((store, i) => Task.Run(() => store.EnqueueAsync(Work.Review($"{i}")))));
        Assert.Equal(6, (await stores[0].ListAsync(new())).Items.Count);
        Assert.Equal(1, _folder.Connect().Count("humanloop_schema"));
    }

    [Fact]
    public async Task An_answer_given_survives_a_loss_of_power()
    {
        var settings = new List<string>();
        var store = _folder.Open(new() { Opened = connection => settings.AddRange([.. connection.Read("PRAGMA journal_mode"), .. connection.Read("PRAGMA synchronous")]) });
        await store.EnqueueAsync(Work.Review("a"));

        // 2 is FULL.
        Assert.Equal(["wal", "2"], settings);
    }

    [Fact]
    public async Task Reading_a_file_that_is_not_there_yet_makes_it()
    {
        var store = _folder.Open();
        Assert.Null(await store.GetAsync("refund", "a"));
        Assert.Empty(await store.MeasureAsync());
    }

    [Fact]
    public async Task No_query_walks_a_table_or_sorts_more_than_it_returns()
    {
        await _folder.Open().EnqueueAsync(Work.Review("a"));
        using var session = new SqliteFile($"Data Source={_folder.Path}", new(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance).OpenWriter();
        var connection = _folder.Connect();
        foreach (var sql in session.Sql.Where(sql => !sql.StartsWith("PRAGMA", StringComparison.Ordinal)))
        {
            foreach (var step in connection.Read("EXPLAIN QUERY PLAN " + sql, column: 3))
            {
                // There are only as many workflows as an application has.
                Assert.True(step is "SCAN humanloop_workflow" or "SCAN w" || !step.Contains("SCAN", StringComparison.Ordinal), $"{sql}\n{step}");
                Assert.DoesNotContain("TEMP B-TREE", step, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_claim_looks_at_free_work_only()
    {
        await _folder.Open().EnqueueAsync(Work.Review("a"));
        using var session = new SqliteFile($"Data Source={_folder.Path}", new(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance).OpenWriter();
        var connection = _folder.Connect();
        var plans = session.Sql.Where(sql => sql.Contains("humanloop_item_claim", StringComparison.Ordinal)).SelectMany(sql => connection.Read("EXPLAIN QUERY PLAN " + sql, column: 3)).ToList();
        Assert.Equal(3, plans.Count);
        Assert.Contains(plans, plan => plan.Contains("USING COVERING INDEX humanloop_item_claim (lane=? AND workflow=? AND assignee>? AND assignee<?)", StringComparison.Ordinal));
        Assert.Contains(plans, plan => plan.Contains("USING INDEX humanloop_item_claim (lane=? AND workflow=? AND assignee=? AND (rank,due", StringComparison.Ordinal));
        Assert.Contains(plans, plan => plan.Contains("USING INDEX humanloop_item_claim_segment (lane=? AND workflow=? AND segment=? AND assignee=? AND (rank,due", StringComparison.Ordinal));
    }
}
