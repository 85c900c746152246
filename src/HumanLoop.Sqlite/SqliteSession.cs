using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HumanLoop.Sqlite;

/// <summary>One open connection with its prepared statements. One user at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;
    private readonly List<Statement> _statements = [];
    private readonly Statement _begin;
    private readonly Statement _beginWrite;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _dataVersion;
    private readonly int _busyMilliseconds;
    private bool _erased;

    /// <param name="connection">Open; the session closes it.</param>
    /// <param name="busyTimeout">How long to wait for other processes.</param>
    public SqliteSession(SqliteConnection connection, TimeSpan busyTimeout)
    {
        _connection = connection;
        _database = connection.Handle!;
        _busyMilliseconds = (int)Math.Clamp(busyTimeout.TotalMilliseconds, 0, int.MaxValue);
        _ = raw.sqlite3_busy_timeout(_database, _busyMilliseconds);
        _begin = Prepare("BEGIN");
        _beginWrite = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _dataVersion = Prepare("PRAGMA data_version");
        Workflows = new(this);
        Journal = new(this);
        Payloads = new(this);
        Items = new(this);
        States = new(this);
    }

    public WorkflowTable Workflows { get; }

    public JournalTable Journal { get; }

    public PayloadTable Payloads { get; }

    public ItemTable Items { get; }

    public StateTable States { get; }

    /// <summary>All that the session may run; a test explains their plans.</summary>
    public IEnumerable<string> Sql => _statements.Select(statement => statement.Sql);

    /// <summary>Changes when another connection has committed; writes of this one leave it as it is.</summary>
    public long DataVersion
    {
        get
        {
            using var rows = _dataVersion.Query();
            rows.Next();
            return rows.Int64(0);
        }
    }

    public long LastRowId => raw.sqlite3_last_insert_rowid(_database);

    private bool IsInTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    /// <summary>Prepared at its first use, closed with the session.</summary>
    public Statement Prepare(string sql)
    {
        var statement = new Statement(_database, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Begins to read one state of the database.</summary>
    public void Begin() => _begin.Run();

    /// <summary>Takes the one right to write, waiting for other processes.</summary>
    public void BeginWrite() => _beginWrite.Run();

    public void Commit()
    {
        _commit.Run();
        if (_erased)
        {
            EmptyLog();
        }
    }

    /// <summary>Says that this transaction erases data, of which the log must keep no copy either.</summary>
    public void Erases() => _erased = true;

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
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    /// <summary>Folds the log into the file and cuts it off. If somebody is reading just now, the next commit tries again; nobody waits for it.</summary>
    private void EmptyLog()
    {
        _ = raw.sqlite3_busy_timeout(_database, 0);
        _erased = raw.sqlite3_wal_checkpoint_v2(_database, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _) != raw.SQLITE_OK;
        _ = raw.sqlite3_busy_timeout(_database, _busyMilliseconds);
    }
}
