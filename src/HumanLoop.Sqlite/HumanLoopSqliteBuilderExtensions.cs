using HumanLoop.Queueing;
using HumanLoop.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the SQLite store.</summary>
public static class HumanLoopSqliteBuilderExtensions
{
    /// <summary>Keeps queue, journal and shared state in one SQLite file: durable, on one machine, by any number of its processes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">Names the file, such as <c>Data Source=reviews.db</c>. It is created where it is not there; its folder is not.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The connection string names no file.</exception>
    public static IHumanLoopBuilder UseSqlite(this IHumanLoopBuilder builder, string connectionString) =>
        UseSqlite(builder, connectionString, static _ => { });

    /// <summary>Keeps queue, journal and shared state in one SQLite file: durable, on one machine, by any number of its processes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">Names the file, such as <c>Data Source=reviews.db</c>. It is created where it is not there; its folder is not.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The connection string names no file.</exception>
    public static IHumanLoopBuilder UseSqlite(this IHumanLoopBuilder builder, string connectionString, Action<SqliteStoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        SqliteFile.RequireFile(connectionString);
        var options = new SqliteStoreOptions();
        configure(options);
        builder.Services.Replace(ServiceDescriptor.Singleton<IReviewQueue>(provider => new SqliteStore(
            connectionString,
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteStore>>())));
        return builder;
    }
}
