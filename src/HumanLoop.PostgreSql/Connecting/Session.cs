using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>One connection while it is used: statements are gathered and sent together, so that a transaction costs two or three ways to the server.</summary>
internal sealed class Session(NpgsqlConnection connection, Statements sql, Database database, NpgsqlTransaction? transaction = null) : IAsyncDisposable
{
    private readonly List<NpgsqlBatchCommand> _waiting = [];

    public NpgsqlConnection Connection => connection;

    public Statements Sql => sql;

    public Database Database => database;

    /// <summary>Whether COMMIT was sent, so that a failure leaves its outcome unknown.</summary>
    public bool CommitSent { get; private set; }

    public Session Add(string text, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        _waiting.Add(command);
        return this;
    }

    /// <summary>Begins a transaction in which rows are found by indexes only: a plan that was made for an empty table is kept while the table grows.</summary>
    public Session Begin() => Add("BEGIN ISOLATION LEVEL READ COMMITTED").Add("SET LOCAL enable_seqscan = off");

    /// <summary>Ends the transaction with whatever is still waiting.</summary>
    public async Task CommitAsync()
    {
        Add("COMMIT");
        await RunAsync().ConfigureAwait(false);
    }

    /// <summary>Sends what is waiting, for its results.</summary>
    public async Task<NpgsqlDataReader> SendAsync()
    {
        // It holds nothing but the commands; the reader, which outlives this method, is what is closed.
        var batch = new NpgsqlBatch(connection, transaction) { Timeout = database.TimeoutSeconds };
        foreach (var command in _waiting)
        {
            batch.BatchCommands.Add(command);
        }

        _waiting.Clear();
        await batch.PrepareAsync().ConfigureAwait(false);
        CommitSent |= batch.BatchCommands[^1].CommandText == "COMMIT";
        return await batch.ExecuteReaderAsync().ConfigureAwait(false);
    }

    /// <summary>Sends what is waiting; nobody looks at results.</summary>
    public async Task RunAsync()
    {
        if (_waiting.Count > 0)
        {
            var reader = await SendAsync().ConfigureAwait(false);
            await reader.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Reads the rows of the one result of what is waiting.</summary>
    public async Task<List<T>> ReadAsync<T>(Func<NpgsqlDataReader, T> read)
    {
        var reader = await SendAsync().ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await RowsAsync(reader, read).ConfigureAwait(false);
        }
    }

    public static async Task<List<T>> RowsAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The pool rolls back whatever is open. A connection of the caller's stays the caller's.</summary>
    public ValueTask DisposeAsync() => transaction is null ? connection.DisposeAsync() : ValueTask.CompletedTask;
}
