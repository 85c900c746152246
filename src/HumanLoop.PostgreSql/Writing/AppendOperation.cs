using HumanLoop.Journaling;

namespace HumanLoop.PostgreSql;

/// <summary>Appends to the journal what is not there. Each appender locks the rows of its workflows first, so that an entry that two callers append is there
/// once.</summary>
internal sealed class AppendOperation(Database database, IReadOnlyList<JournalEntry> entries)
{
    public async Task<bool> RunAsync(Session session)
    {
        var distinct = entries.DistinctBy(entry => (entry.Workflow, entry.DecisionId, entry.Version)).ToList();
        var numbers = await database.Workflows.FindOrAddAsync(session, distinct.Select(entry => entry.Workflow)).ConfigureAwait(false);
        await session.Begin().Add(session.Sql.LockWorkflows, Parameters.Of([.. numbers.Values.Order()])).RunAsync().ConfigureAwait(false);
        session.Add(session.Sql.Append, JournalRows.Columns([.. distinct.Select(entry => (entry, numbers[entry.Workflow]))]));
        await session.CommitAsync().ConfigureAwait(false);
        return true;
    }
}
