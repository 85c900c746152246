using SQLitePCL;

namespace HumanLoop.Sqlite;

/// <summary>The prepared statements of one connection. One user at a time.</summary>
internal sealed class Statements : IDisposable
{
    private readonly sqlite3 _database;
    private readonly List<Statement> _prepared = [];
    private readonly Statement _dataVersion;

    public Statements(sqlite3 database)
    {
        _database = database;
        _dataVersion = Prepare("PRAGMA data_version");
    }

    /// <summary>All that the connection may run; a test explains their plans.</summary>
    public IEnumerable<string> Sql => _prepared.Select(statement => statement.Sql);

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

    /// <summary>Prepared at its first use, closed with the connection.</summary>
    public Statement Prepare(string sql)
    {
        var statement = new Statement(_database, sql);
        _prepared.Add(statement);
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _prepared)
        {
            statement.Dispose();
        }
    }
}
