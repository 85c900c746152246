using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HumanLoop.Sqlite.Tests;

/// <summary>A temporary folder with one database file, and everything that was opened on it.</summary>
public sealed class StoreFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("humanloop-");
    private readonly List<SqliteStore> _stores = [];
    private readonly List<SqliteConnection> _connections = [];

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public string Path => System.IO.Path.Combine(_folder.FullName, "reviews.db");

    internal SqliteStore Open(SqliteStoreOptions? options = null, string more = "")
    {
        var store = new SqliteStore($"Data Source={Path}{more}", options ?? new(), Clock, NullLogger<SqliteStore>.Instance);
        _stores.Add(store);
        return store;
    }

    /// <summary>A connection as another process would have it.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        _connections.Add(connection);
        return connection;
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        foreach (var store in _stores)
        {
            store.Dispose();
        }

        _folder.Delete(recursive: true);
    }
}

internal static class Sql
{
    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static List<string> Read(this SqliteConnection connection, string sql, int column = 0)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        var values = new List<string>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            values.Add(rows.GetString(column));
        }

        return values;
    }

    public static long Count(this SqliteConnection connection, string table) =>
        long.Parse(connection.Read($"SELECT CAST(count(*) AS TEXT) FROM {table}")[0], System.Globalization.CultureInfo.InvariantCulture);
}
