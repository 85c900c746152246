using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace HumanLoop.PostgreSql.Tests;

/// <summary>One server for all tests. Each store has a namespace of its own in it, so none sees another's work.</summary>
public sealed class Server : IDisposable
{
    private static PostgresCluster? _cluster;

    public static PostgresCluster Cluster => _cluster ??= PostgresCluster.Start("fsync = off");

    public static string NewSchema() => $"t{Guid.CreateVersion7():n}";

    internal static PostgreSqlStore Open(string schema, TimeProvider clock, Action<PostgreSqlStoreOptions>? configure = null, ILogger<PostgreSqlStore>? logger = null)
    {
        var options = new PostgreSqlStoreOptions { Schema = schema };
        options.AllowDataLoss = true;
        configure?.Invoke(options);
        return new(Sources.Open(Sources.Parse(Cluster.ConnectionString()), null), options, clock, logger ?? NullLogger<PostgreSqlStore>.Instance);
    }

    public void Dispose()
    {
        _cluster?.Dispose();
        _cluster = null;
    }
}

/// <summary>All that share the server.</summary>
[CollectionDefinition(Name)]
public sealed class ServerTests : ICollectionFixture<Server>
{
    public const string Name = "PostgreSQL";
}
