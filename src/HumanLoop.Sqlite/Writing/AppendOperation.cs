using HumanLoop.Journaling;

namespace HumanLoop.Sqlite;

/// <summary>Appends to the journal what is not there. What can be done before the writer's turn is done on the caller's thread.</summary>
internal sealed class AppendOperation(IReadOnlyList<JournalEntry> entries)
{
    private readonly List<byte[]> _bodies = [.. entries.Select(JournalJson.Write)];

    public bool Run(SqliteSession session)
    {
        for (var i = 0; i < _bodies.Count; i++)
        {
            _ = session.Journal.Append(session.Workflows.FindOrAdd(entries[i].Workflow), entries[i], _bodies[i]);
        }

        return true;
    }
}
