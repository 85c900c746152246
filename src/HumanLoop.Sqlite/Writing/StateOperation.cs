using HumanLoop.Journaling;

namespace HumanLoop.Sqlite;

/// <summary>Documents and their entries in one transaction.</summary>
internal sealed class StateOperation(IReadOnlyList<StateWrite> documents, IReadOnlyList<JournalEntry> entries, TimeProvider time)
{
    public bool Run(SqliteSession session)
    {
        // All or nothing: looked at before anything is touched.
        var ids = documents.Select(document => session.Workflows.FindOrAdd(document.Workflow)).ToList();
        for (var i = 0; i < ids.Count; i++)
        {
            if ((session.States.Read(ids[i], documents[i].Name)?.Version ?? 0) != documents[i].ExpectedVersion)
            {
                return false;
            }
        }

        for (var i = 0; i < ids.Count; i++)
        {
            session.States.Write(ids[i], documents[i].Name, documents[i].Value);
        }

        foreach (var entry in entries)
        {
            // Several documents of a workflow may have entries, so the entry takes the next place in the workflow's own stream.
            var id = session.Workflows.FindOrAdd(entry.Workflow);
            var complete = entry with { DecisionId = default, Version = session.Journal.NextVersion(id, default), At = time.GetUtcNow() };
            _ = session.Journal.Append(id, complete, JournalJson.Write(complete));
        }

        return true;
    }
}
