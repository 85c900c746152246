using System.Globalization;

namespace HumanLoop.PostgreSql;

/// <summary>What is wrong with a database that answers.</summary>
internal static class Health
{
    private const string Ask = """
        SELECT current_setting('fsync') = 'off' OR current_setting('full_page_writes') = 'off' OR current_setting('synchronous_commit') = 'off',
            current_setting('synchronous_standby_names') <> '',
            (SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')),
            (SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('async', 'potential'))
        """;

    private const long LongTransaction = 60;

    public static async Task<IReadOnlyList<string>> FindAsync(Session session)
    {
        var (unsafely, wants, synchronous, asynchronous) = (await session.Add(Ask)
            .ReadAsync(row => (row.GetBoolean(0), row.GetBoolean(1), row.GetInt64(2), row.GetInt64(3))).ConfigureAwait(false))[0];
        var open = (await session.Add(session.Sql.OldestJournalWriter).ReadAsync(row => row.GetInt64(0)).ConfigureAwait(false))[0];
        var problems = new List<string>();
        if (unsafely)
        {
            problems.Add("the database may lose what it acknowledged: turn on fsync, full_page_writes and synchronous_commit");
        }

        if (wants && synchronous == 0)
        {
            problems.Add("no synchronous standby follows the database, so commits wait for one: start it, or take it out of synchronous_standby_names");
        }

        if (synchronous == 0 && asynchronous > 0)
        {
            problems.Add("standbys follow the database asynchronously, so a fail-over may lose acknowledged decisions: name one in synchronous_standby_names");
        }

        if (open > LongTransaction)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"a transaction that recorded a decision has been open for {open} s, and learning waits for its end: see pg_stat_activity"));
        }

        return problems;
    }
}
