using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace HumanLoop.Benchmarks;

/// <summary>The floor on PostgreSQL: the tables, indexes and row sizes of a routed decision, and nothing else that a library would do.</summary>
internal sealed class PostgreSqlFloor(NpgsqlDataSource source, string schema)
{
    // As long as the entry of a routed decision is, and its facts.
    private static readonly string Body = new('x', 560);
    private static readonly byte[] Proposal = [.. """{"amount":1234,"customer":"customer-17"}"""u8];

    public static string Schema(string schema) => $"""
        CREATE SCHEMA {schema};
        CREATE TABLE {schema}.thin (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL, payload text NOT NULL);
        CREATE TABLE {schema}.item (sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, workflow int NOT NULL, decision text COLLATE "C" NOT NULL, version bigint NOT NULL, state smallint NOT NULL, rank bigint NOT NULL, due bigint NOT NULL,
            ready_at bigint NOT NULL, wake_at bigint, overdue boolean NOT NULL, awaited boolean NOT NULL, lane smallint, slot text COLLATE "C" NOT NULL, segment text, facts text NOT NULL) WITH (fillfactor = 80);
        CREATE UNIQUE INDEX ON {schema}.item (workflow, decision);
        CREATE INDEX ON {schema}.item (workflow, state, rank, due, sequence) INCLUDE (ready_at, overdue, awaited, segment);
        CREATE INDEX ON {schema}.item (lane, workflow, slot, rank, due, sequence) WHERE lane IS NOT NULL;
        CREATE INDEX ON {schema}.item (workflow, wake_at) WHERE wake_at IS NOT NULL;
        CREATE TABLE {schema}.payload (sequence bigint PRIMARY KEY, proposal bytea NOT NULL);
        CREATE TABLE {schema}.journal (position bigint NOT NULL, at timestamptz NOT NULL, workflow int NOT NULL, decision text COLLATE "C" NOT NULL, version bigint NOT NULL, body text NOT NULL, PRIMARY KEY (position, at));
        CREATE INDEX ON {schema}.journal (workflow, decision, version);
        """;

    /// <summary>One thin row and one commit a caller.</summary>
    public async Task ThinAsync(int rows)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var insert = new NpgsqlCommand($"INSERT INTO {schema}.thin (key, payload) VALUES ($1, $2)", connection);
        var key = new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text };
        insert.Parameters.Add(key);
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = new('x', 370) });
        for (var i = 0; i < rows; i++)
        {
            key.TypedValue = Guid.CreateVersion7().ToString();
            await insert.PrepareAsync();
            await insert.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Writes the rows of one decision for each request; a commit holds what arrived during the one before.</summary>
    public async Task WriteAsync(ChannelReader<TaskCompletionSource> requests)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var insert = new NpgsqlCommand(
            $"""
            WITH added AS (
                INSERT INTO {schema}.item (workflow, decision, version, state, rank, due, ready_at, wake_at, overdue, awaited, lane, slot, facts)
                SELECT 1, id, 1, 0, 0, 5, 5, 5, false, true, 0, '', $2 FROM unnest($1) id RETURNING sequence, decision),
            journaled AS (INSERT INTO {schema}.journal SELECT sequence, clock_timestamp(), 1, decision, 1, $2 FROM added)
            INSERT INTO {schema}.payload SELECT sequence, $3 FROM added
            """,
            connection);
        var ids = new NpgsqlParameter<string[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        insert.Parameters.Add(ids);
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Body });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Proposal });
        var batch = new List<TaskCompletionSource>();
        while (await requests.WaitToReadAsync())
        {
            while (batch.Count < 500 && requests.TryRead(out var request))
            {
                batch.Add(request);
            }

            ids.TypedValue = [.. batch.Select(_ => Guid.CreateVersion7().ToString())];
            await insert.PrepareAsync();
            await insert.ExecuteNonQueryAsync();
            batch.ForEach(request => request.SetResult());
            batch.Clear();
            await Task.Yield();
        }
    }
}
