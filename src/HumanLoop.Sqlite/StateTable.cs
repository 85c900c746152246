using HumanLoop.Observing;

namespace HumanLoop.Sqlite;

/// <summary>The small documents that all processes share.</summary>
internal sealed class StateTable(SqliteSession session)
{
    private readonly Statement _read = session.Prepare("SELECT value, version FROM humanloop_state WHERE workflow = ?1 AND name = ?2");
    private readonly Statement _create = session.Prepare("INSERT INTO humanloop_state (workflow, name, value, version) VALUES (?1, ?2, ?3, 1) ON CONFLICT DO NOTHING");
    private readonly Statement _replace = session.Prepare("UPDATE humanloop_state SET value = ?3, version = version + 1 WHERE workflow = ?1 AND name = ?2 AND version = ?4");

    public StateDocument? Read(long workflow, string name)
    {
        using var rows = _read.Set(1, workflow).Set(2, name).Query();
        return rows.Next() ? new(rows.Text(0), rows.Int64(1)) : null;
    }

    /// <returns>Whether the document was at the expected version, 0 for absent, and is written.</returns>
    public bool Write(long workflow, string name, string value, long expectedVersion)
    {
        var statement = expectedVersion == 0 ? _create : _replace.Set(4, expectedVersion);
        return statement.Set(1, workflow).Set(2, name).Set(3, value).Run() == 1;
    }
}
