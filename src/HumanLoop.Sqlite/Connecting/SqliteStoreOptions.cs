using Microsoft.Data.Sqlite;

namespace HumanLoop.Sqlite;

/// <summary>How the SQLite store behaves.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>How long a write waits for another process that holds the file.</summary>
    /// <value>The default is 5 seconds; then the call fails with <see cref="StoreException"/> and nothing is recorded.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Called with each connection that the store opens; tests make disks full with it.</summary>
    internal Action<SqliteConnection>? Opened { get; set; }
}
