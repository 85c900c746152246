using HumanLoop.PostgreSql;
using HumanLoop.Queueing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the PostgreSQL store.</summary>
public static class HumanLoopPostgreSqlBuilderExtensions
{
    /// <summary>Keeps queue, journal and shared state in a PostgreSQL database: durable, for any number of processes on any number of machines.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">As Npgsql takes it, such as <c>Host=db;Database=reviews;Username=app</c>. With several hosts it follows the primary through
    /// a fail-over.</param>
    /// <param name="configure">Sets the options; <see langword="null"/> for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The connection string or an option cannot be used.</exception>
    public static IHumanLoopBuilder UsePostgreSql(this IHumanLoopBuilder builder, string connectionString, Action<PostgreSqlStoreOptions>? configure = null)
    {
        var source = Sources.Parse(connectionString);
        return Use(builder, configure, provider => Sources.Open(source, provider.GetService<ILoggerFactory>()));
    }

    /// <summary>Keeps queue, journal and shared state in the database of your own data source, which stays yours to dispose of.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="dataSource">The data source. Of several hosts (<c>BuildMultiHost()</c>), the store uses the primary.</param>
    /// <param name="configure">Sets the options; <see langword="null"/> for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">An option cannot be used.</exception>
    public static IHumanLoopBuilder UsePostgreSql(this IHumanLoopBuilder builder, NpgsqlDataSource dataSource, Action<PostgreSqlStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return Use(builder, configure, _ => Sources.Of(dataSource));
    }

    private static IHumanLoopBuilder Use(IHumanLoopBuilder builder, Action<PostgreSqlStoreOptions>? configure, Func<IServiceProvider, Hosts> hosts)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new PostgreSqlStoreOptions();
        configure?.Invoke(options);
        _ = Schema.Quote(options.Schema);
        builder.Services.Replace(ServiceDescriptor.Singleton<IReviewQueue>(provider =>
            new PostgreSqlStore(hosts(provider), options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgreSqlStore>>())));
        return builder;
    }
}
