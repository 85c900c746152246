using HumanLoop.Journaling;

namespace HumanLoop.Sqlite;

/// <summary>The small documents that all processes share.</summary>
internal sealed class StateTable(Statements statements)
{
    private readonly Statement _read = statements.Prepare("SELECT value, version FROM humanloop_state WHERE workflow = ?1 AND name = ?2");
    private readonly Statement _workflows = statements.Prepare("SELECT name FROM humanloop_workflow w WHERE name > '' AND EXISTS (SELECT 1 FROM humanloop_state s WHERE s.workflow = w.id) ORDER BY name");
    private readonly Statement _write = statements.Prepare("INSERT INTO humanloop_state (workflow, name, value, version) VALUES (?1, ?2, ?3, 1) ON CONFLICT DO UPDATE SET value = ?3, version = version + 1");

    public List<string> Workflows()
    {
        var names = new List<string>();
        using var rows = _workflows.Query();
        while (rows.Next())
        {
            names.Add(rows.Text(0));
        }

        return names;
    }

    public StateDocument? Read(long workflow, string name)
    {
        using var rows = _read.Set(1, workflow).Set(2, name).Query();
        return rows.Next() ? new(rows.Text(0), rows.Int64(1)) : null;
    }

    public void Write(long workflow, string name, string value) => _write.Set(1, workflow).Set(2, name).Set(3, value).Run();
}
