using Npgsql;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>A transaction of somebody else's that stays open while something is tried, and what waits for it.</summary>
internal sealed class Held : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;

    private Held(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _source = source;
        _connection = connection;
        Transaction = transaction;
    }

    public NpgsqlTransaction Transaction { get; }

    public static async Task<Held> BeginAsync(params string[] statements)
    {
        var source = NpgsqlDataSource.Create(Server.Cluster.ConnectionString());
        var connection = await source.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection, transaction);
            await command.ExecuteNonQueryAsync();
        }

        return new(source, connection, transaction);
    }

    /// <summary>Returns once so many of the store's connections wait for something of a kind.</summary>
    public static async Task WaitersAsync(int count, string kind = "wait_event_type = 'Lock'")
    {
        for (var wait = 0; (long)Server.Cluster.Ask($"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'HumanLoop' AND {kind}")! < count; wait++)
        {
            Assert.True(wait < 1_000, $"Nobody waits ({kind}).");
            await Task.Delay(10);
        }
    }

    public Task ReleaseAsync() => Transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await _connection.DisposeAsync();
        await _source.DisposeAsync();
    }
}
