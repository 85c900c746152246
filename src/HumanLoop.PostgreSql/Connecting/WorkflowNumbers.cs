using System.Collections.Concurrent;

namespace HumanLoop.PostgreSql;

/// <summary>Numbers for workflows' names, so that no index repeats a name. Numbers are committed before they are used and never reused, so a process may
/// remember them.</summary>
internal sealed class WorkflowNumbers(Database database)
{
    private readonly ConcurrentDictionary<string, int> _known = new(StringComparer.Ordinal);

    public void Forget() => _known.Clear();

    public int? Known(string name) => _known.TryGetValue(name, out var id) ? id : null;

    public async Task<int?> FindAsync(Session session, string name)
    {
        if (!_known.TryGetValue(name, out var id))
        {
            await AllAsync(session).ConfigureAwait(false);
            return _known.TryGetValue(name, out id) ? id : null;
        }

        return id;
    }

    public async Task<Dictionary<string, int>> FindOrAddAsync(Session session, IEnumerable<string> names)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!found.ContainsKey(name))
            {
                found[name] = await FindAsync(session, name).ConfigureAwait(false) ?? await AddAsync(name).ConfigureAwait(false);
            }
        }

        return found;
    }

    /// <summary>The numbers that several names have; all of them when none is named.</summary>
    public async Task<Dictionary<int, string>> FindAsync(Session session, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            await AllAsync(session).ConfigureAwait(false);
            return _known.ToDictionary(pair => pair.Value, pair => pair.Key);
        }

        var found = new Dictionary<int, string>();
        foreach (var name in names)
        {
            if (await FindAsync(session, name).ConfigureAwait(false) is { } id)
            {
                found[id] = name;
            }
        }

        return found;
    }

    private async Task AllAsync(Session session)
    {
        foreach (var (name, id) in await session.Add(session.Sql.FindWorkflows).ReadAsync(row => (row.GetString(0), row.GetInt32(1))).ConfigureAwait(false))
        {
            _known[name] = id;
        }
    }

    // On a connection of its own: the number must be there for others whatever becomes of the transaction that needs it.
    private Task<int> AddAsync(string name) => database.OnceAsync(async session =>
    {
        await session.Add(session.Sql.AddWorkflow, Parameters.Of(name)).RunAsync().ConfigureAwait(false);
        return await FindAsync(session, name).ConfigureAwait(false) ?? throw new StoreException($"The store neither took nor gave a number for workflow '{name}'.");
    });
}
