namespace HumanLoop.Sqlite;

/// <summary>Numbers for workflows' names, so that no index repeats a name. Numbers are never reused, so a session may remember them.</summary>
internal sealed class WorkflowTable(Statements statements)
{
    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);
    private readonly Statement _find = statements.Prepare("SELECT id FROM humanloop_workflow WHERE name = ?1");
    private readonly Statement _insert = statements.Prepare("INSERT INTO humanloop_workflow (name) VALUES (?1)");
    private readonly Statement _all = statements.Prepare("SELECT id FROM humanloop_workflow");

    public long? Find(string name)
    {
        if (_known.TryGetValue(name, out var id))
        {
            return id;
        }

        using var rows = _find.Set(1, name).Query();
        return rows.Next() ? _known[name] = rows.Int64(0) : null;
    }

    public long FindOrAdd(string name)
    {
        if (Find(name) is { } id)
        {
            return id;
        }

        _insert.Set(1, name).Run();
        return _known[name] = statements.LastRowId;
    }

    public List<long> All()
    {
        var ids = new List<long>();
        using var rows = _all.Query();
        while (rows.Next())
        {
            ids.Add(rows.Int64(0));
        }

        return ids;
    }

    /// <summary>The numbers that several names have; all of them when none is named.</summary>
    public List<long> Find(IReadOnlyList<string> names) =>
        names.Count == 0 ? All() : [.. names.Distinct(StringComparer.Ordinal).Select(Find).OfType<long>()];

    /// <summary>After a rollback: what was added in it is not there.</summary>
    public void Forget() => _known.Clear();
}
