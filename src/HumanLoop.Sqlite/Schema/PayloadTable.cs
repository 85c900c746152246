using HumanLoop.Queueing;

namespace HumanLoop.Sqlite;

/// <summary>What erasure removes. Apart from the items, so that no transition copies it.</summary>
internal sealed class PayloadTable(Statements statements)
{
    private readonly Statement _insert = statements.Prepare("INSERT INTO humanloop_payload (sequence, proposal, correction, details, subject) VALUES (?1, ?2, ?3, ?4, ?5)");
    private readonly Statement _update = statements.Prepare("UPDATE humanloop_payload SET proposal = ?2, correction = ?3, details = ?4, subject = ?5 WHERE sequence = ?1");
    private readonly Statement _delete = statements.Prepare("DELETE FROM humanloop_payload WHERE sequence = ?1");
    private readonly Statement _ofSubject = statements.Prepare("SELECT sequence FROM humanloop_payload INDEXED BY humanloop_payload_subject WHERE subject = ?1");

    /// <summary>Whether data was erased of which the write-ahead log may still hold a copy.</summary>
    public bool HasErased { get; set; }

    /// <param name="sequence">The item's.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="details">Its smaller parts as JSON, where the caller has written them already.</param>
    public void Insert(long sequence, WorkPayload payload, byte[]? details) => Write(_insert, sequence, payload, details);

    public void Update(long sequence, WorkPayload payload) => Write(_update, sequence, payload, WorkItemJson.WriteDetails(payload));

    public void Delete(long sequence)
    {
        _delete.Set(1, sequence).Run();
        HasErased = true;
    }

    public List<long> OfSubject(string subject)
    {
        var sequences = new List<long>();
        using var rows = _ofSubject.Set(1, subject).Query();
        while (rows.Next())
        {
            sequences.Add(rows.Int64(0));
        }

        return sequences;
    }

    /// <summary>Reads proposal, correction and details from three columns of a query.</summary>
    public static WorkPayload? Read(in Statement.Rows rows, int column) => rows.IsNull(column)
        ? null
        : WorkItemJson.ReadPayload(rows.Utf8(column).ToArray(), rows.Utf8(column + 1).ToArray(), rows.Utf8(column + 2));

    private static void Write(Statement statement, long sequence, WorkPayload payload, byte[]? details)
    {
        statement.Set(1, sequence).Set(2, payload.Proposal.Span);
        _ = payload.Correction.IsEmpty ? statement.SetNull(3) : statement.Set(3, payload.Correction.Span);
        _ = details is null ? statement.SetNull(4) : statement.Set(4, details);
        statement.Set(5, payload.Subject).Run();
    }
}
