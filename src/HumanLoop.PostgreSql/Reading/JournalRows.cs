using HumanLoop.Journaling;
using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>Journal entries as rows.</summary>
internal static class JournalRows
{
    /// <summary>The columns of many entries, each as an array.</summary>
    public static NpgsqlParameter[] Columns(IReadOnlyList<(JournalEntry Entry, int Workflow)> entries) =>
    [
        Parameters.Of([.. entries.Select(pair => pair.Entry.At.UtcDateTime)]),
        Parameters.Of([.. entries.Select(pair => pair.Workflow)]),
        Parameters.Of([.. entries.Select(pair => (string?)pair.Entry.DecisionId.Value)]),
        Parameters.Of([.. entries.Select(pair => pair.Entry.Version)]),
        Parameters.Utf8([.. entries.Select(pair => JournalJson.Write(pair.Entry))]),
    ];

    public static JournalRecord Read(NpgsqlDataReader row) => new(row.GetInt64(0), JournalJson.ReadEntry(row.GetFieldValue<byte[]>(1)));

    /// <summary>Whether this very entry is there.</summary>
    public static async Task<bool> HasAsync(Session session, JournalEntry entry, int workflow)
    {
        session.Add(session.Sql.ReadStream, Parameters.Of(workflow), Parameters.Of(entry.DecisionId.Value), Parameters.Of(entry.Version - 1), Parameters.Of(1L));
        return await session.ReadAsync(Read).ConfigureAwait(false) is [var stored] && JournalJson.Write(stored.Entry).AsSpan().SequenceEqual(JournalJson.Write(entry));
    }
}
