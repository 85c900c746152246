using Npgsql;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>What is done for many callers at once, and what each call costs the server.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class ManyCallersTests
{
    [PostgresFact]
    public async Task Callers_who_look_at_once_each_get_their_own_answer()
    {
        var schema = Server.NewSchema();
        await using var store = Server.Open(schema, TimeProvider.System);
        await store.EnqueueAsync([.. Enumerable.Range(0, 200).Select(i => Work.Review($"d{i}"))]);

        var items = await Task.WhenAll(Enumerable.Range(0, 600).Select(i => Task.Run(async () => await store.GetAsync(i % 3 == 2 ? "unknown" : "refund", $"d{i}"))));

        for (var i = 0; i < items.Length; i++)
        {
            Assert.Equal(i < 200 && i % 3 != 2 ? $$"""{"refund":"d{{i}}"}""" : null, items[i] is { } item ? Work.Text(item.Payload!.Proposal) : null);
        }
    }

    // The server plans a prepared statement anew five times before it compares; with a plan that depends on how many there are, it would go on for ever.
    [PostgresTheory]
    [InlineData(nameof(Statements.Find), "ARRAY[1], ARRAY['a']")]
    [InlineData(nameof(Statements.Lock), "ARRAY[1], ARRAY['a']")]
    [InlineData(nameof(Statements.PayloadsOfIds), "ARRAY[1], ARRAY['a']")]
    [InlineData(nameof(Statements.Payloads), "ARRAY[1::bigint]")]
    public async Task The_server_does_not_plan_a_statement_anew_for_each_call(string name, string arguments)
    {
        var schema = Server.NewSchema();
        await using var store = Server.Open(schema, TimeProvider.System);
        await store.EnqueueAsync([.. Enumerable.Range(0, 2_000).Select(i => Work.Review($"d{i}"))]);
        Server.Cluster.Execute($"ANALYZE {schema}.item, {schema}.payload");
        var sql = (string)typeof(Statements).GetProperty(name)!.GetValue(new Statements(schema))!;

        await using var source = NpgsqlDataSource.Create(Server.Cluster.ConnectionString());
        await using var connection = await source.OpenConnectionAsync();
        await ExecuteAsync($"PREPARE statement AS {sql}");
        for (var call = 0; call < 20; call++)
        {
            await ExecuteAsync($"EXECUTE statement({arguments})");
        }

        Assert.Equal(5L, await ExecuteAsync("SELECT custom_plans FROM pg_prepared_statements WHERE name = 'statement'"));

        async Task<object?> ExecuteAsync(string text)
        {
            await using var command = new NpgsqlCommand(text, connection);
            return await command.ExecuteScalarAsync();
        }
    }

    // The server keeps the plan that it made for an empty table until it has counted the rows, a minute later; by then there may be a million.
    [PostgresTheory]
    [InlineData(nameof(Statements.Find), "ARRAY[1], ARRAY['d1']")]
    [InlineData(nameof(Statements.Lock), "ARRAY[1], ARRAY['d1']")]
    [InlineData(nameof(Statements.PayloadsOfIds), "ARRAY[1], ARRAY['d1']")]
    [InlineData(nameof(Statements.Payloads), "ARRAY[1::bigint]")]
    [InlineData(nameof(Statements.Rows), "ARRAY[1::bigint]")]
    [InlineData(nameof(Statements.DeletePayload), "ARRAY[1::bigint]")]
    [InlineData(nameof(Statements.UpdatePayload), "ARRAY[1::bigint], ARRAY[''::bytea], ARRAY[null::bytea], ARRAY[null::bytea], ARRAY[null::text]")]
    [InlineData(nameof(Statements.Update), "ARRAY[1::bigint], ARRAY[1], ARRAY['d1'], ARRAY[2::bigint], ARRAY[1::smallint], ARRAY[0::bigint], ARRAY[0::bigint], ARRAY[0::bigint], ARRAY[0::bigint], ARRAY[null::bigint], ARRAY[false], ARRAY[false], ARRAY[true], ARRAY[null::smallint], ARRAY[''], ARRAY[null::text], ARRAY[null::text], ARRAY['']")]
    public async Task A_plan_that_was_made_for_an_empty_table_is_no_worse_for_a_full_one(string name, string arguments)
    {
        var schema = Server.NewSchema();
        await using var store = Server.Open(schema, TimeProvider.System);
        Assert.Empty(await store.ReadAsync(0, 1));
        var sql = (string)typeof(Statements).GetProperty(name)!.GetValue(new Statements(schema))!;
        await using var source = NpgsqlDataSource.Create(Server.Cluster.ConnectionString());
        await using var connection = await source.OpenConnectionAsync();

        // As in a transaction of the store's.
        await ExecuteAsync("SET enable_seqscan = off");
        await ExecuteAsync($"PREPARE statement AS {sql}");
        for (var call = 0; call < 10; call++)
        {
            await ExecuteAsync($"EXECUTE statement({arguments})");
        }

        for (var batch = 0; batch < 20; batch++)
        {
            await store.EnqueueAsync([.. Enumerable.Range(batch * 500, 500).Select(i => Work.Review($"d{i}"))]);
        }

        using var plan = System.Text.Json.JsonDocument.Parse((string)(await ExecuteAsync($"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE statement({arguments})"))!);
        var root = plan.RootElement[0].GetProperty("Plan");
        Assert.InRange(root.GetProperty("Shared Hit Blocks").GetInt32() + root.GetProperty("Shared Read Blocks").GetInt32(), 1, 60);

        async Task<object?> ExecuteAsync(string text)
        {
            await using var command = new NpgsqlCommand(text, connection);
            return await command.ExecuteScalarAsync();
        }
    }
}
