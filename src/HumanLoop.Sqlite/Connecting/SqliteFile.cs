using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace HumanLoop.Sqlite;

/// <summary>The database file: how it is opened, and what its failures mean.</summary>
internal sealed class SqliteFile
{
    private readonly SqliteStoreOptions _options;
    private readonly ILogger _logger;
    private readonly string _connectionString;
    private readonly bool _readOnly;

    /// <exception cref="ArgumentException">The connection string names no file.</exception>
    public SqliteFile(string connectionString, SqliteStoreOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        var parts = Parse(connectionString);

        // Each session keeps its connection for as long as it lives.
        parts.Pooling = false;
        _connectionString = parts.ToString();
        _readOnly = parts.Mode == SqliteOpenMode.ReadOnly;
        Name = parts.DataSource;
    }

    /// <summary>The file's name, for messages.</summary>
    public string Name { get; }

    /// <summary>Checks a connection string before anything is opened.</summary>
    /// <exception cref="ArgumentException">It names no file.</exception>
    public static void RequireFile(string connectionString) => Parse(connectionString);

    public Exception ForCaller(Exception failure) => SqliteErrors.ForCaller(failure, Name, _options.BusyTimeout);

    /// <summary>Opens the writer's connection; creates or upgrades the tables where needed.</summary>
    public SqliteSession OpenWriter() => Open(connection =>
    {
        var database = connection.Handle!;
        RequireUtf8(connection);
        if (_readOnly)
        {
            return;
        }

        // Larger pages than the usual 4 kB: a commit of many decisions writes fewer of them. Only a new file takes it.
        SqliteSchema.Run(database, "PRAGMA page_size = 8192");
        UseWriteAheadLog(connection);

        // FULL: an answer given survives a loss of power. With commits shared by callers it costs less than NORMAL without.
        // Erasure is a promise, so what is deleted is overwritten. 32 MB of log between checkpoints keeps them off most commits;
        // after a day with more, the log gives the disk back.
        SqliteSchema.Run(database, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY");
        var before = SqliteSchema.Upgrade(database, Name);
        if (before != SqliteSchema.Current)
        {
            ConnectionLog.SchemaUpgraded(_logger, Name, before, SqliteSchema.Current);
        }
    });

    /// <summary>Opens a connection that reads.</summary>
    /// <returns><see langword="null"/> when the writer must create or upgrade the tables first.</returns>
    public SqliteSession? OpenReader()
    {
        long version = 0;
        var session = Open(connection =>
        {
            SqliteSchema.Run(connection.Handle!, "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY");
            SqliteSchema.Check(version = SqliteSchema.VersionOf(connection.Handle!), Name);
        });
        if (version == SqliteSchema.Current)
        {
            return session;
        }

        session.Dispose();
        return _readOnly
            ? throw new StoreException($"'{Name}' is at HumanLoop's schema {version} (0: none), this version of HumanLoop needs {SqliteSchema.Current}, and Mode=ReadOnly forbids the upgrade. Open it once without Mode=ReadOnly.")
            : null;
    }

    private SqliteSession Open(Action<SqliteConnection> prepare)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection, _options.BusyTimeout);
            prepare(connection);
            _options.Opened?.Invoke(connection);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The log is what lets readers and the writer work beside each other. Turning it on takes the file alone for a moment, and SQLite's busy handler
    /// does not wait for that.</summary>
    private void UseWriteAheadLog(SqliteConnection connection)
    {
        var until = Environment.TickCount64 + (long)_options.BusyTimeout.TotalMilliseconds;
        while (true)
        {
            try
            {
                using var statement = new Statement(connection.Handle!, "PRAGMA journal_mode = WAL");
                using var rows = statement.Query();
                rows.Next();
                if (rows.Text(0) is var mode and not "wal")
                {
                    throw new StoreException($"'{Name}' stays in journal mode '{mode}', but the store needs WAL, which this file system (a network share?) does not offer. Put the file on a local disk.");
                }

                return;
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED && Environment.TickCount64 < until)
            {
                // On the writer's own thread, in real time: another process does not care what our clock says.
                Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System).GetAwaiter().GetResult();
            }
        }
    }

    private void RequireUtf8(SqliteConnection connection)
    {
        using var statement = new Statement(connection.Handle!, "PRAGMA encoding");
        using var rows = statement.Query();
        rows.Next();
        if (rows.Text(0) is var encoding and not "UTF-8")
        {
            throw new StoreException($"'{Name}' keeps its text as {encoding}; the store needs UTF-8. Name another file in the connection string.");
        }
    }

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        SqliteConnectionStringBuilder parts;
        try
        {
            parts = new(connectionString);
        }
        catch (ArgumentException wrong)
        {
            throw new ArgumentException($"This is no SQLite connection string: {wrong.Message} Write, for example: Data Source=reviews.db", nameof(connectionString), wrong);
        }

        if (parts.DataSource.Length == 0)
        {
            throw new ArgumentException("The connection string names no file. Write, for example: Data Source=reviews.db", nameof(connectionString));
        }

        if (parts.Mode == SqliteOpenMode.Memory || parts.DataSource == ":memory:" || parts.DataSource.Contains("mode=memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("A database in memory is not durable, and each connection would see its own. Name a file, or say UseInMemory().", nameof(connectionString));
        }

        return parts;
    }
}
