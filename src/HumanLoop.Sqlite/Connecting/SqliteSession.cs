using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HumanLoop.Sqlite;

/// <summary>One open connection with its prepared statements. One user at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;
    private readonly Statements _statements;
    private readonly Statement _begin;
    private readonly Statement _beginWrite;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly int _busyMilliseconds;

    /// <param name="connection">Open; the session closes it.</param>
    /// <param name="busyTimeout">How long to wait for other processes.</param>
    public SqliteSession(SqliteConnection connection, TimeSpan busyTimeout)
    {
        _connection = connection;
        _database = connection.Handle!;
        _busyMilliseconds = (int)Math.Clamp(busyTimeout.TotalMilliseconds, 0, int.MaxValue);
        _ = raw.sqlite3_busy_timeout(_database, _busyMilliseconds);
        _statements = new(_database);
        _begin = _statements.Prepare("BEGIN");
        _beginWrite = _statements.Prepare("BEGIN IMMEDIATE");
        _commit = _statements.Prepare("COMMIT");
        _rollback = _statements.Prepare("ROLLBACK");
        Workflows = new(_statements);
        Journal = new(_statements);
        Payloads = new(_statements);
        Items = new(_statements);
        States = new(_statements);
    }

    public WorkflowTable Workflows { get; }

    public JournalTable Journal { get; }

    public PayloadTable Payloads { get; }

    public ItemTable Items { get; }

    public StateTable States { get; }

    /// <summary>All that the session may run; a test explains their plans.</summary>
    public IEnumerable<string> Sql => _statements.Sql;

    private bool IsInTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    /// <summary>Begins to read one state of the database.</summary>
    public void Begin() => _begin.Run();

    /// <summary>Takes the one right to write, waiting for other processes.</summary>
    public void BeginWrite() => _beginWrite.Run();

    public void Commit()
    {
        _commit.Run();
        if (Payloads.HasErased)
        {
            EmptyLog();
        }
    }

    public void Rollback()
    {
        // SQLite has rolled back by itself after some errors.
        if (IsInTransaction)
        {
            _rollback.Run();
        }

        Workflows.Forget();
        Items.ForgetCounts();
    }

    public void Dispose()
    {
        _statements.Dispose();
        _connection.Dispose();
    }

    /// <summary>Folds the log into the file and cuts it off. If somebody is reading just now, the next commit tries again; nobody waits for it.</summary>
    private void EmptyLog()
    {
        _ = raw.sqlite3_busy_timeout(_database, 0);
        Payloads.HasErased = raw.sqlite3_wal_checkpoint_v2(_database, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _) != raw.SQLITE_OK;
        _ = raw.sqlite3_busy_timeout(_database, _busyMilliseconds);
    }
}
