using HumanLoop.Observing;

namespace HumanLoop.PostgreSql;

/// <summary>The append-only journal, in the order of transactions.</summary>
internal sealed class JournalReading(Database database)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a reader waits for transactions that began before what it could read next and are still open.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads on. Nothing can be committed later among what it gives, so a reader that goes on from its end misses nothing.</summary>
    public static async Task<IReadOnlyList<JournalRecord>> ReadAsync(Session session, long after, int max)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            session.Add(session.Sql.ReadJournal, Parameters.Of(session.Database.FirstTransaction), Parameters.Of(after), Parameters.Of((long)max));
            var records = await session.ReadAsync(JournalRows.Read).ConfigureAwait(false);
            if (records.Count > 0 || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                return records;
            }

            session.Add(session.Sql.HeldBack, Parameters.Of(session.Database.FirstTransaction), Parameters.Of(after));
            if (!(await session.ReadAsync(row => row.GetBoolean(0)).ConfigureAwait(false))[0])
            {
                return records;
            }

            await Task.Delay(Pause, TimeProvider.System).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<JournalRecord>> ReadStoryAsync(Session session, string workflow, DecisionId decisionId, long after, int max)
    {
        if (await database.Workflows.FindAsync(session, workflow).ConfigureAwait(false) is not { } number)
        {
            return [];
        }

        session.Add(session.Sql.ReadStory, Parameters.Of(number), Parameters.Of(decisionId.Value), Parameters.Of(after), Parameters.Of((long)max));
        return await session.ReadAsync(JournalRows.Read).ConfigureAwait(false);
    }

    /// <summary>Appends what is not there. Whoever appends for a workflow locks its row first, so that the same entry from two callers is there once.</summary>
    public async Task AppendAsync(IReadOnlyList<JournalEntry> entries)
    {
        var distinct = entries.DistinctBy(entry => (entry.Workflow, entry.DecisionId, entry.Version)).ToList();
        if (distinct.Count == 0)
        {
            return;
        }

        await database.RunAsync(async session =>
        {
            var numbers = await database.Workflows.FindOrAddAsync(session, distinct.Select(entry => entry.Workflow)).ConfigureAwait(false);
            await session.Begin().Add(session.Sql.LockWorkflows, Parameters.Of([.. numbers.Values.Order()])).RunAsync().ConfigureAwait(false);
            Changes.Journal(session, session.Sql.Append, [.. distinct.Select(entry => (entry, numbers[entry.Workflow]))]);
            await session.CommitAsync().ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }
}
