using HumanLoop.PostgreSql.Tests;

namespace HumanLoop.KillApp.Tests;

/// <summary>A database and a world outside of its own for one test.</summary>
internal sealed class Store : IDisposable
{
    public const string PostgreSql = "PostgreSQL";
    public const string Sqlite = "SQLite";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("humanloop-kill-");
    private readonly PostgresCluster? _cluster;

    public Store(string kind)
    {
        IsShared = kind == PostgreSql;
        _cluster = IsShared ? PostgresCluster.Start() : null;
        ConnectionString = _cluster?.ConnectionString() ?? $"Data Source={Path.Combine(_folder.FullName, "reviews.db")}";
        World = Path.Combine(_folder.FullName, "world");
    }

    /// <summary>The stores that can be tested here. Where a server must be there and is not, the test fails.</summary>
    public static TheoryData<string> Kinds => Need.Reason is null ? [PostgreSql, Sqlite] : [Sqlite];

    public string ConnectionString { get; }

    public string World { get; }

    /// <summary>Whether it is made for several processes at once.</summary>
    public bool IsShared { get; }

    public void Dispose()
    {
        _cluster?.Dispose();
        _folder.Delete(recursive: true);
    }
}
