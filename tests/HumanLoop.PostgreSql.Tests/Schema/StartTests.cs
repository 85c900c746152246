using HumanLoop.Queueing;
using HumanLoop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>What the store makes, and what it refuses.</summary>
[Collection(ServerTests.Name)]
public sealed class StartTests
{
    private readonly string _schema = Server.NewSchema();

    [PostgresFact]
    [Trait("Category", "Server")]
    public async Task A_database_that_may_lose_what_it_acknowledged_is_refused_and_says_why()
    {
        // The tests' server runs with fsync off.
        await using var store = Server.Open(_schema, TimeProvider.System, options => options.AllowDataLoss = false);
        var refused = await Assert.ThrowsAsync<StoreMismatchException>(async () => await store.EnqueueAsync([Work.Review("a")]));
        Assert.Contains("fsync is off", refused.Message, StringComparison.Ordinal);
        Assert.Contains("AllowDataLoss", refused.Message, StringComparison.Ordinal);
        Assert.Contains("fsync", Assert.Single(await Allowed().FindProblemsAsync()), StringComparison.Ordinal);
    }

    [PostgresFact]
    [Trait("Category", "Server")]
    public async Task Commits_that_do_not_wait_for_the_disk_are_refused_too()
    {
        using var safe = PostgresCluster.Start();
        await using var loose = Open(safe, options: "-c synchronous_commit=off");
        var refused = await Assert.ThrowsAsync<StoreMismatchException>(async () => await loose.EnqueueAsync([Work.Review("a")]));
        Assert.Contains("synchronous_commit is off", refused.Message, StringComparison.Ordinal);
        await using var sound = Open(safe);
        await sound.EnqueueAsync(Work.Review("a"));
        Assert.Empty(await sound.FindProblemsAsync());
        safe.Execute("ALTER TABLE humanloop.payload SET UNLOGGED");
        await using var unlogged = Open(safe);
        Assert.Contains("unlogged tables, so they are not used: payload", (await Assert.ThrowsAsync<StoreMismatchException>(async () => await unlogged.GetAsync("refund", "a"))).Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    [Trait("Category", "Server")]
    public async Task A_newer_schema_is_refused_by_both_numbers_and_left_as_it_is()
    {
        await Allowed().EnqueueAsync(Work.Review("a"));
        Server.Cluster.Execute($"UPDATE {_schema}.version SET version = 7");
        var refused = await Assert.ThrowsAsync<StoreMismatchException>(async () => await Allowed().GetAsync("refund", "a"));
        Assert.Contains("schema 7", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"up to {Schema.Current}", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    [Trait("Category", "Server")]
    public async Task Without_the_right_to_create_the_script_is_named_and_does_it()
    {
        await using var store = Server.Open(_schema, TimeProvider.System, options => options.CreateSchema = false);
        var refused = await Assert.ThrowsAsync<StoreMismatchException>(async () => await store.EnqueueAsync([Work.Review("a")]));
        Assert.Contains($"humanloop schema --schema {_schema} --from 0", refused.Message, StringComparison.Ordinal);
        Server.Cluster.Execute(Schema.Script(_schema, 0));
        await store.EnqueueAsync(Work.Review("a"));
    }

    [PostgresFact]
    [Trait("Category", "Server")]
    public async Task A_role_with_the_least_rights_can_do_everything_but_change_the_journal()
    {
        var role = $"r{_schema}";
        Server.Cluster.Execute(Schema.Script(_schema, 0) + $"CREATE ROLE {role} LOGIN;" + Schema.Grants(_schema, role));
        await using var store = Open(Server.Cluster, user: role, configure: options => options.CreateSchema = false);
        await store.EnqueueAsync([Work.Review("a"), Work.Review("b") with { MaxPending = 5 }]);
        await store.ClaimAsync(Work.Claim("ann"));
        await store.ApplyAsync(Work.Verdict("a", "ann"), null);
        await store.ApplyAsync(new WithdrawDecision("refund", "b", "mistake"), null);
        await store.ApplyAsync(new ErasePayload("refund", "b"), null);
        await store.SweepAsync(Work.Sweep(TimeSpan.Zero, TimeSpan.Zero));
        Assert.True(await store.WriteAsync([new("refund", "switch", "off", 0)], []));
        Assert.NotEmpty(await store.ReadAsync(0, 10));
        var refused = Assert.Throws<Npgsql.PostgresException>(() => Server.Cluster.Execute($"SET ROLE {role}; UPDATE {_schema}.journal SET body = ''"));
        Assert.Equal("42501", refused.SqlState);
    }

    [PostgresFact]
    [Trait("Category", "Server")]
    public async Task A_user_who_may_only_read_is_told_what_is_missing()
    {
        var role = $"r{_schema}";
        Server.Cluster.Execute(Schema.Script(_schema, 0) + $"CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA {_schema} TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA {_schema} TO {role}");
        await using var store = Open(Server.Cluster, user: role, configure: options => options.CreateSchema = false);
        Assert.Null(await store.GetAsync("refund", "a"));
        var refused = await Assert.ThrowsAsync<StoreException>(async () => await store.EnqueueAsync([Work.Review("a")]));
        Assert.Contains("42501", refused.Message, StringComparison.Ordinal);
        Assert.Contains("humanloop schema", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    [Trait("Category", "Server")]
    public async Task Several_processes_may_create_the_tables_at_once()
    {
        var stores = Enumerable.Range(0, 6).Select(_ => Allowed()).ToList();
        await Task.WhenAll(stores.Select((store, i) => Task.Run(() => store.EnqueueAsync(Work.Review($"{i}")))));
        Assert.Equal(6, (await stores[0].ListAsync(new())).Items.Count);
        Assert.Equal(1L, Server.Cluster.Ask($"SELECT count(*) FROM {_schema}.version"));
        Assert.Equal(4L, Server.Cluster.Ask($"SELECT count(*) FROM pg_inherits WHERE inhparent = '{_schema}.journal'::regclass"));
    }

    [PostgresFact]
    [Trait("Category", "Server")]
    public async Task What_PostgreSQL_cannot_store_fails_its_own_caller_only()
    {
        var store = Allowed();
        await store.EnqueueAsync(Work.Review("first"));
        var writes = Enumerable.Range(0, 20).Select(i => store.EnqueueAsync([Work.Review($"{i}", subject: i == 7 ? "a\0b" : "ok")]).AsTask()).ToList();
        var failure = await Assert.ThrowsAsync<StoreException>(() => writes[7]);
        Assert.Contains("cannot store this", failure.Message, StringComparison.Ordinal);
        await Task.WhenAll(writes.Where((_, i) => i != 7));
    }

    [PostgresFact]
    [Trait("Category", "Server")]
    public async Task One_line_makes_the_database_queue_journal_and_state()
    {
        var services = new ServiceCollection();
        services.AddHumanLoop().UsePostgreSql(Server.Cluster.ConnectionString(), options => (options.Schema, options.AllowDataLoss) = (_schema, true));
        await using var provider = services.BuildServiceProvider();
        var queue = provider.GetRequiredService<IReviewQueue>();
        Assert.Same(queue, provider.GetRequiredService<Journaling.IDecisionJournal>());
        Assert.Same(queue, provider.GetRequiredService<Journaling.IWorkflowState>());
        await queue.EnqueueAsync(Work.Review("a"));
    }

    [Theory]
    [InlineData("reviews.db")]
    [InlineData("Database=reviews")]
    [InlineData("Host=db;Port=many")]
    public void A_connection_string_without_a_server_is_refused_with_an_example(string connectionString)
    {
        var refused = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddHumanLoop().UsePostgreSql(connectionString));
        Assert.Contains("Host=localhost;Database=reviews", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_namespace_that_needs_quoting_is_refused()
    {
        var refused = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddHumanLoop().UsePostgreSql("Host=db", options => options.Schema = "Human\"Loop"));
        Assert.Contains("PostgreSqlStoreOptions.Schema", refused.Message, StringComparison.Ordinal);
    }

    private static PostgreSqlStore Open(PostgresCluster cluster, string? options = null, string? user = null, Action<PostgreSqlStoreOptions>? configure = null)
    {
        var parts = Sources.Parse(cluster.ConnectionString());
        parts.Options = options;
        parts.Username = user ?? parts.Username;
        var store = new PostgreSqlStoreOptions { AllowDataLoss = user is not null };
        configure?.Invoke(store);
        if (user is not null)
        {
            store.Schema = user[1..];
        }

        return new(Sources.Open(parts, null), store, TimeProvider.System, NullLogger<PostgreSqlStore>.Instance);
    }

    private PostgreSqlStore Allowed() => Server.Open(_schema, new ManualClock());
}
