using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace HumanLoop.Queues;

/// <summary>The floor of new work on PostgreSQL: the tables, indexes, rows and bytes of a routed decision, and nothing else that a library would do.</summary>
internal sealed class PostgreSqlFloor(NpgsqlDataSource source, string schema, RowSizes sizes)
{
    private readonly string _facts = new('x', sizes.Facts[0]);
    private readonly string _body = new('x', sizes.Bodies[0]);

    private static readonly byte[] Proposal = [.. """{"amount":1234,"customer":"customer-17"}"""u8];

    public static string Tables(string schema) => $"""
        CREATE TABLE {schema}.thin (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL, payload text NOT NULL);
        CREATE TABLE {schema}.item (sequence bigint PRIMARY KEY, workflow int NOT NULL, decision text COLLATE "C" NOT NULL, version bigint NOT NULL, state smallint NOT NULL, rank bigint NOT NULL, due bigint NOT NULL,
            ready_at bigint NOT NULL, wake_at bigint, closed_at bigint, overdue boolean NOT NULL, awaited boolean NOT NULL, lane smallint, slot text COLLATE "C" NOT NULL, segment text, facts text NOT NULL) WITH (fillfactor = 80);
        CREATE UNIQUE INDEX ON {schema}.item (workflow, decision);
        CREATE INDEX ON {schema}.item (workflow, state, rank, due, sequence) INCLUDE (ready_at, overdue, awaited, segment);
        CREATE INDEX ON {schema}.item (lane, workflow, slot, rank, due, sequence) WHERE lane IS NOT NULL;
        CREATE INDEX ON {schema}.item (workflow, wake_at) WHERE wake_at IS NOT NULL;
        CREATE INDEX ON {schema}.item (workflow, closed_at) WHERE closed_at IS NOT NULL;
        CREATE TABLE {schema}.payload (sequence bigint PRIMARY KEY, proposal bytea NOT NULL);
        CREATE SEQUENCE {schema}.position;
        CREATE TABLE {schema}.journal (position bigint NOT NULL, at timestamptz NOT NULL, workflow int NOT NULL, decision text COLLATE "C" NOT NULL, version bigint NOT NULL, body text NOT NULL, PRIMARY KEY (position, at));
        CREATE INDEX ON {schema}.journal (workflow, decision, version);
        """;

    /// <summary>One thin row and one commit a caller.</summary>
    public async Task<Sample> ThinAsync(TimeSpan time)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var insert = new NpgsqlCommand($"INSERT INTO {schema}.thin (key, payload) VALUES ($1, $2)", connection);
        var key = new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = "" };
        insert.Parameters.Add(key);
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = new('x', 370) });
        await insert.PrepareAsync();
        return await Callers.RunAsync(1, time, async _ =>
        {
            key.TypedValue = Guid.CreateVersion7().ToString();
            return await insert.ExecuteNonQueryAsync();
        });
    }

    /// <summary>Many callers, and one writer whose commit holds what arrived during the one before.</summary>
    public Task<Sample> GroupCommitAsync(int callers) => Callers.GroupAsync(callers, WriteAsync);

    /// <summary>Many callers, each with a connection and a commit of its own.</summary>
    public async Task<Sample> OneCommitEachAsync(int callers)
    {
        var inserts = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Insert.OpenAsync(source, schema)));
        var sample = await Callers.RunAsync(callers, Callers.Usual, caller => AddAsync(inserts[caller], 1));
        foreach (var insert in inserts)
        {
            await insert.DisposeAsync();
        }

        return sample;
    }

    /// <summary>One caller, many decisions a commit.</summary>
    public async Task<Sample> BulkAsync(int rows)
    {
        await using var insert = await Insert.OpenAsync(source, schema);
        return await Callers.RunAsync(1, Callers.Usual, _ => AddAsync(insert, rows));
    }

    public async Task FillAsync(int rows)
    {
        await using var insert = await Insert.OpenAsync(source, schema);
        for (var i = 0; i < rows; i += 500)
        {
            await AddAsync(insert, 500);
        }
    }

    private async Task WriteAsync(ChannelReader<TaskCompletionSource> requests)
    {
        await using var insert = await Insert.OpenAsync(source, schema);
        var batch = new List<TaskCompletionSource>();
        while (await requests.WaitToReadAsync())
        {
            while (batch.Count < 500 && requests.TryRead(out var request))
            {
                batch.Add(request);
            }

            await AddAsync(insert, batch.Count);
            batch.ForEach(request => request.SetResult());
            batch.Clear();
            await Task.Yield();
        }
    }

    private Task<int> AddAsync(Insert insert, int rows) => insert.RunAsync(
        [.. Enumerable.Range(0, rows).Select(_ => Guid.CreateVersion7().ToString())],
        [.. Enumerable.Repeat(_facts, rows)],
        [.. Enumerable.Repeat(_body, rows)],
        [.. Enumerable.Repeat(Proposal, rows)]);

    /// <summary>The one statement, prepared on a connection of its own.</summary>
    private sealed class Insert(NpgsqlConnection connection, NpgsqlCommand command) : IAsyncDisposable
    {
        private readonly NpgsqlParameter<string[]> _ids = Add<string[]>(command, NpgsqlDbType.Text);
        private readonly NpgsqlParameter<string[]> _facts = Add<string[]>(command, NpgsqlDbType.Text);
        private readonly NpgsqlParameter<string[]> _bodies = Add<string[]>(command, NpgsqlDbType.Text);
        private readonly NpgsqlParameter<byte[][]> _proposals = Add<byte[][]>(command, NpgsqlDbType.Bytea);

        public static async Task<Insert> OpenAsync(NpgsqlDataSource source, string schema)
        {
            var connection = await source.OpenConnectionAsync();
            return new(connection, new(
                $"""
                WITH input AS MATERIALIZED (SELECT t.*, nextval('{schema}.position') AS position FROM unnest($1, $2, $3, $4) AS t(decision, facts, body, proposal)),
                added AS (
                    INSERT INTO {schema}.item (sequence, workflow, decision, version, state, rank, due, ready_at, wake_at, overdue, awaited, lane, slot, facts)
                    SELECT position, 1, decision, 1, 0, 0, position, 5, 5, false, true, 0, '', facts FROM input),
                journaled AS (INSERT INTO {schema}.journal SELECT position, clock_timestamp(), 1, decision, 1, body FROM input)
                INSERT INTO {schema}.payload SELECT position, proposal FROM input
                """,
                connection));
        }

        public async Task<int> RunAsync(string[] ids, string[] facts, string[] bodies, byte[][] proposals)
        {
            (_ids.TypedValue, _facts.TypedValue, _bodies.TypedValue, _proposals.TypedValue) = (ids, facts, bodies, proposals);
            await command.PrepareAsync();
            return await command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await command.DisposeAsync();
            await connection.DisposeAsync();
        }

        private static NpgsqlParameter<T> Add<T>(NpgsqlCommand command, NpgsqlDbType type)
        {
            var parameter = new NpgsqlParameter<T> { NpgsqlDbType = NpgsqlDbType.Array | type };
            command.Parameters.Add(parameter);
            return parameter;
        }
    }
}
