using System.Text.Json;
using HumanLoop.GroupCommit;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Sqlite;

/// <summary>The items: their facts as JSON, and columns that only serve to find them. The rules judge the facts.</summary>
internal sealed partial class ItemTable(Statements statements)
{
    // A page that is continued: (rank, due, sequence) after the last one seen. INDEXED BY makes a plan that is not meant an error, not a slow day.
    private const string AfterLast = "(rank, due, sequence) > (?1, ?2, ?3) ORDER BY rank, due, sequence LIMIT ?4";

    private const string Select = """
        SELECT i.sequence, i.facts, CASE WHEN i.facts IS NULL THEN (SELECT j.body FROM humanloop_journal j WHERE j.position = i.sequence) END,
            p.proposal, p.correction, p.details
        FROM humanloop_item i LEFT JOIN humanloop_payload p ON p.sequence = i.sequence WHERE i.sequence = 
        """;

    private readonly Statement _insert = statements.Prepare("""
        INSERT INTO humanloop_item (sequence, workflow, version, state, due, ready_at, wake_at, closed_at, awaited, lane, segment, assignee)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """);

    private readonly Statement _update = statements.Prepare("""
        UPDATE humanloop_item SET version = ?2, state = ?3, rank = ?4, due = ?5, ready_at = ?6, wake_at = ?7, closed_at = ?8, erased = ?9, overdue = ?10,
            awaited = ?11, lane = ?12, assignee = ?13, barred = ?14, facts = ?15
        WHERE sequence = ?1
        """);

    private readonly Statement _delete = statements.Prepare("DELETE FROM humanloop_item WHERE sequence = ?1");

    // The item of an id stands at the position of one of the id's journal entries: the first, unless the id was forgotten and used again.
    private readonly Statement _find = statements.Prepare(Select + """
        (SELECT s.sequence FROM humanloop_journal b JOIN humanloop_item s ON s.sequence = b.position
         WHERE b.workflow = ?1 AND b.decision = ?2 ORDER BY b.version LIMIT 1)
        """);

    private readonly Statement _get = statements.Prepare(Select + "?1");

    /// <summary>Adds an item that nothing has happened to.</summary>
    /// <param name="sequence">The position of its routing in the journal.</param>
    /// <param name="workflow">Its workflow's number.</param>
    /// <param name="item">The item.</param>
    /// <param name="now">The time, which says whether it is ready.</param>
    public void Insert(long sequence, long workflow, WorkItem item, DateTimeOffset now)
    {
        _insert.Set(1, sequence).Set(2, workflow).Set(3, item.Version).Set(4, (long)item.State)
            .Set(5, QueuePosition.Of(item).Due).Set(6, StoredTime.Of(item.ReadyAt)).Set(7, StoredTime.Of(item.WakeAt)).Set(8, StoredTime.Of(item.ClosedAt))
            .Set(9, Number(item.CountsAsPending)).Set(10, ItemColumns.ReadinessOf(item, now)).Set(11, item.Routed.Segment).Set(12, AssigneeOf(item))
            .Run();
        Count(workflow, Number(item.CountsAsPending));
    }

    /// <summary>Writes what an item has become.</summary>
    /// <param name="before">As it was.</param>
    /// <param name="item">As it is.</param>
    /// <param name="workflow">Its workflow's number.</param>
    /// <param name="now">The time, which says whether it is ready.</param>
    public void Update(WorkItem before, WorkItem item, long workflow, DateTimeOffset now)
    {
        var (readiness, position) = (ItemColumns.ReadinessOf(item, now), QueuePosition.Of(item));
        _update.Set(1, item.Sequence).Set(2, item.Version).Set(3, (long)item.State).Set(4, position.Rank)
            .Set(5, position.Due).Set(6, StoredTime.Of(item.ReadyAt)).Set(7, StoredTime.Of(item.WakeAt)).Set(8, StoredTime.Of(item.ClosedAt))
            .Set(9, Number(item.IsErased)).Set(10, Number(item.IsOverdue)).Set(11, Number(item.CountsAsPending)).Set(12, readiness)
            .Set(13, AssigneeOf(item)).Set(14, ItemColumns.BarredFrom(item)).Set(15, WorkItemJson.Write(item))
            .Run();
        Count(workflow, Number(item.CountsAsPending) - Number(before.CountsAsPending));
    }

    public void Delete(WorkItem item, long workflow)
    {
        _delete.Set(1, item.Sequence).Run();
        Count(workflow, -Number(item.CountsAsPending));
    }

    public WorkItem? Find(long workflow, DecisionId decision)
    {
        using var rows = _find.Set(1, workflow).Set(2, decision.Value).Query();
        return rows.Next() ? Read(rows) : null;
    }

    public WorkItem? Get(long sequence)
    {
        using var rows = _get.Set(1, sequence).Query();
        return rows.Next() ? Read(rows) : null;
    }

    private static WorkItem Read(in Statement.Rows rows)
    {
        var sequence = rows.Int64(0);
        if (rows.IsNull(1) && rows.IsNull(2))
        {
            throw new JsonException($"Item {sequence} has neither facts nor a journal entry.");
        }

        var facts = !rows.IsNull(1) ? WorkItemJson.ReadItem(rows.Utf8(1))
            : JournalJson.ReadEntry(rows.Utf8(2)) is DecisionRouted routed ? WorkItem.Begin(routed)
            : throw new JsonException($"Journal entry {sequence} is no routing.");
        return facts with { Sequence = sequence, Payload = PayloadTable.Read(rows, 3) };
    }

    // Whoever is barred stands in a column of its own, so that work which some reviewers may not have stays in the lane of all others.
    private static string AssigneeOf(WorkItem item) => ClaimLane.Of(item) is var lane and not ClaimLane.Barred ? lane : ClaimLane.Free;

    private static long Number(bool value) => value ? 1 : 0;
}
