using Microsoft.Extensions.Logging;
using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>Data sources that the store makes for itself.</summary>
internal static class Sources
{
    /// <exception cref="ArgumentException">It is no connection string, or names no server.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new(connectionString);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new ArgumentException($"This is no PostgreSQL connection string: {wrong.Message} Write, for example: Host=localhost;Database=reviews;Username=app", nameof(connectionString), wrong);
        }

        if (string.IsNullOrWhiteSpace(parts.Host))
        {
            throw new ArgumentException("The connection string names no server. Write, for example: Host=localhost;Database=reviews;Username=app", nameof(connectionString));
        }

        parts.ApplicationName ??= "HumanLoop";
        return parts;
    }

    public static Hosts Open(NpgsqlConnectionStringBuilder parts, ILoggerFactory? logging)
    {
        var hosts = parts.Host!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new([.. hosts.Select(host => Open(parts, host, logging))], areOurs: true);
    }

    /// <summary>The caller's own. One of several hosts is asked for the primary, and looks for it again after every failure, not only when its memory of them has
    /// expired.</summary>
    public static Hosts Of(NpgsqlDataSource source) => source is NpgsqlMultiHostDataSource several
        ? new([several.WithTargetSession(TargetSessionAttributes.Primary)], areOurs: false, several.ClearDatabaseStates)
        : new([source], areOurs: false);

    private static NpgsqlDataSource Open(NpgsqlConnectionStringBuilder parts, string host, ILoggerFactory? logging)
    {
        var own = new NpgsqlConnectionStringBuilder(parts.ConnectionString) { Host = host, LoadBalanceHosts = false };
        own.Remove("Target Session Attributes");
        var builder = new NpgsqlSlimDataSourceBuilder(own.ConnectionString);
        builder.EnableArrays().EnableTransportSecurity().EnableIntegratedSecurity();
        if (logging is not null)
        {
            builder.UseLoggerFactory(logging);
        }

        return builder.Build();
    }
}
