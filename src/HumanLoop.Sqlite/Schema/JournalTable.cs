using HumanLoop.Journaling;

namespace HumanLoop.Sqlite;

/// <summary>The append-only journal. A decision's first entry is also the record that its id is taken, and its position is the item's sequence.</summary>
internal sealed class JournalTable(Statements statements)
{
    private readonly Statement _append = statements.Prepare("INSERT INTO humanloop_journal (workflow, decision, version, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
    private readonly Statement _next = statements.Prepare("SELECT coalesce(max(version), 0) + 1 FROM humanloop_journal WHERE workflow = ?1 AND decision = ?2");
    private readonly Statement _stream = statements.Prepare("SELECT position, body FROM humanloop_journal WHERE workflow = ?1 AND decision = ?2 AND version > ?3 ORDER BY version LIMIT ?4");
    private readonly Statement _read = statements.Prepare("SELECT position, body FROM humanloop_journal WHERE position > ?1 ORDER BY position LIMIT ?2");

    /// <summary>Appends an entry, unless its version of the stream is there.</summary>
    /// <returns>Its position; <see langword="null"/> when it was there.</returns>
    public long? Append(long workflow, JournalEntry entry, ReadOnlySpan<byte> body) =>
        _append.Set(1, workflow).Set(2, entry.DecisionId.Value).Set(3, entry.Version).Set(4, body).Run() == 0 ? null : statements.LastRowId;

    /// <summary>The version that continues a stream.</summary>
    public long NextVersion(long workflow, DecisionId decision)
    {
        using var rows = _next.Set(1, workflow).Set(2, decision.Value).Query();
        rows.Next();
        return rows.Int64(0);
    }

    public List<JournalRecord> Read(long after, int max) => Records(_read.Set(1, after).Set(2, max));

    public List<JournalRecord> ReadStream(long workflow, DecisionId decision, long after, int max) =>
        Records(_stream.Set(1, workflow).Set(2, decision.Value).Set(3, after).Set(4, max));

    private static List<JournalRecord> Records(Statement statement)
    {
        var records = new List<JournalRecord>();
        using var rows = statement.Query();
        while (rows.Next())
        {
            records.Add(new(rows.Int64(0), JournalJson.ReadEntry(rows.Utf8(1))));
        }

        return records;
    }
}
