using HumanLoop.Journaling;
using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>Journal entries as rows.</summary>
internal static class JournalRows
{
    public static JournalRecord Read(NpgsqlDataReader row) => new(row.GetInt64(0), JournalJson.ReadEntry(row.GetFieldValue<byte[]>(1)));

    /// <summary>Whether this very entry is there.</summary>
    public static async Task<bool> HasAsync(Session session, JournalEntry entry, int workflow)
    {
        session.Add(session.Sql.ReadStory, Parameters.Of(workflow), Parameters.Of(entry.DecisionId.Value), Parameters.Of(entry.Version - 1), Parameters.Of(1L));
        return await session.ReadAsync(Read).ConfigureAwait(false) is [var stored] && JournalJson.Write(stored.Entry).AsSpan().SequenceEqual(JournalJson.Write(entry));
    }
}
