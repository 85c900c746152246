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

    public static NpgsqlDataSource Open(NpgsqlConnectionStringBuilder parts, ILoggerFactory? logging)
    {
        // Several hosts are one primary and its standbys: the store writes, so it wants the primary, whichever that is by now.
        var several = parts.Host!.Contains(',', StringComparison.Ordinal);
        if (several && parts.HostRecheckSeconds == new NpgsqlConnectionStringBuilder().HostRecheckSeconds)
        {
            // Npgsql's own 10 seconds would be the gap after every promotion.
            parts.HostRecheckSeconds = 1;
        }

        var builder = new NpgsqlSlimDataSourceBuilder(parts.ConnectionString);
        builder.EnableArrays().EnableTransportSecurity().EnableIntegratedSecurity();
        if (logging is not null)
        {
            builder.UseLoggerFactory(logging);
        }

        return several ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary) : builder.Build();
    }
}
