using HumanLoop.Journaling;

namespace HumanLoop.PostgreSql;

/// <summary>Documents and their entries in one transaction. Whoever writes for a workflow locks its row first, so that versions are compared and given by one
/// at a time.</summary>
internal sealed class StateOperation(Database database, IReadOnlyList<StateWrite> documents, IReadOnlyList<JournalEntry> entries)
{
    private List<JournalEntry> _unconfirmed = [];
    private bool _sent;

    public async Task<bool> RunAsync(Session session)
    {
        var names = documents.Select(document => document.Workflow).Concat(entries.Select(entry => entry.Workflow)).ToList();
        var numbers = await database.Workflows.FindOrAddAsync(session, names).ConfigureAwait(false);
        await session.Begin().Add(session.Sql.LockWorkflows, Parameters.Of([.. numbers.Values.Order()])).RunAsync().ConfigureAwait(false);
        if (_sent && await IsThereAsync(session, numbers).ConfigureAwait(false))
        {
            await session.CommitAsync().ConfigureAwait(false);
            return true;
        }

        foreach (var document in documents)
        {
            if ((await StateRows.ReadAsync(session, numbers[document.Workflow], document.Name).ConfigureAwait(false))?.Version is var stored && (stored ?? 0) != document.ExpectedVersion)
            {
                await session.CommitAsync().ConfigureAwait(false);
                return false;
            }
        }

        foreach (var document in documents)
        {
            session.Add(session.Sql.WriteState, Parameters.Of(numbers[document.Workflow]), Parameters.Of(document.Name), Parameters.Of(document.Value));
        }

        _unconfirmed = await NumberedAsync(session, numbers).ConfigureAwait(false);
        if (_unconfirmed.Count > 0)
        {
            session.Add(session.Sql.Journal, JournalRows.Columns([.. _unconfirmed.Select(entry => (entry, numbers[entry.Workflow]))]));
        }

        _sent = true;
        await session.CommitAsync().ConfigureAwait(false);
        return true;
    }

    /// <summary>Several documents of a workflow may have entries, so each entry takes the next place in the workflow's own stream.</summary>
    private async Task<List<JournalEntry>> NumberedAsync(Session session, Dictionary<string, int> numbers)
    {
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        var numbered = new List<JournalEntry>();
        foreach (var entry in entries)
        {
            if (!last.ContainsKey(entry.Workflow))
            {
                // What is waiting is only sent with it.
                await session.RunAsync().ConfigureAwait(false);
                session.Add(session.Sql.LastOfStream, Parameters.Of(numbers[entry.Workflow]), Parameters.Of(""));
                last[entry.Workflow] = (await session.ReadAsync(row => row.GetInt64(0)).ConfigureAwait(false))[0];
            }

            numbered.Add(entry with { DecisionId = default, Version = ++last[entry.Workflow], At = database.Clock.Now });
        }

        return numbered;
    }

    /// <summary>Whether a commit whose end was not known did happen.</summary>
    private async Task<bool> IsThereAsync(Session session, Dictionary<string, int> numbers)
    {
        foreach (var document in documents)
        {
            if (await StateRows.ReadAsync(session, numbers[document.Workflow], document.Name).ConfigureAwait(false) is not { } stored || stored.Version != document.ExpectedVersion + 1 || stored.Value != document.Value)
            {
                return false;
            }
        }

        foreach (var entry in _unconfirmed)
        {
            if (!await JournalRows.HasAsync(session, entry, numbers[entry.Workflow]).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }
}
