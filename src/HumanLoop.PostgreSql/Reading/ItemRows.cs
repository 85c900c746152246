using HumanLoop.GroupCommit;
using HumanLoop.Queueing;
using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>Items as rows: their facts as JSON, and columns that only serve to find them. The rules judge the facts.</summary>
internal static class ItemRows
{
    /// <summary>The columns of many items, each as an array; a statement makes rows of them again.</summary>
    public static NpgsqlParameter[] Columns(IReadOnlyList<(WorkItem Item, int Workflow)> items, DateTimeOffset now) =>
    [
        Parameters.Of(Column(items, item => item.Sequence)),
        Parameters.Of([.. items.Select(pair => pair.Workflow)]),
        Parameters.Of(Column(items, item => (string?)item.DecisionId.Value)),
        Parameters.Of(Column(items, item => item.Version)),
        Parameters.Of(Column(items, item => (short)item.State)),
        Parameters.Of(Column(items, item => QueuePosition.Of(item).Rank)),
        Parameters.Of(Column(items, item => QueuePosition.Of(item).Due)),
        Parameters.Of(Column(items, item => StoredTime.Of(item.ReadyAt))),
        Parameters.Of(Column(items, item => StoredTime.Of(item.WakeAt))),
        Parameters.Of(Column(items, item => StoredTime.Of(item.ClosedAt))),
        Parameters.Of(Column(items, item => item.IsErased)),
        Parameters.Of(Column(items, item => item.IsOverdue)),
        Parameters.Of(Column(items, item => item.CountsAsPending)),
        Parameters.Of(Column(items, item => ItemColumns.ReadinessOf(item, now))),
        Parameters.Of(Column(items, item => (string?)ClaimLane.Of(item))),
        Parameters.Of(Column(items, ItemColumns.BarredFrom)),
        Parameters.Of(Column(items, item => item.Routed.Segment)),
        Parameters.Utf8(Column(items, WorkItemJson.Write)),
    ];

    public static WorkItem Read(NpgsqlDataReader reader, int sequence, int facts) =>
        WorkItemJson.ReadItem(reader.GetFieldValue<byte[]>(facts)) with { Sequence = reader.GetInt64(sequence) };

    /// <summary>Reads a row of <see cref="Statements.Find"/>: which of those that were asked for, and the item, <see langword="null"/> where it was
    /// forgotten.</summary>
    public static (int Place, WorkItem? Item) ReadFound(NpgsqlDataReader row) => (row.GetInt32(6), row.GetInt16(1) < 0 ? null : Read(row, 0, 2) with { Payload = ReadPayload(row, 3) });

    /// <summary>Reads proposal, correction and details from three columns.</summary>
    public static WorkPayload? ReadPayload(NpgsqlDataReader reader, int column) => reader.IsDBNull(column)
        ? null
        : WorkItemJson.ReadPayload(reader.GetFieldValue<byte[]>(column), Bytes(reader, column + 1), Bytes(reader, column + 2));

    public static (long Sequence, WorkPayload Payload) ReadPayload(NpgsqlDataReader reader) => (reader.GetInt64(0), ReadPayload(reader, 1)!);

    private static byte[] Bytes(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? [] : reader.GetFieldValue<byte[]>(column);

    private static T[] Column<T>(IReadOnlyList<(WorkItem Item, int Workflow)> items, Func<WorkItem, T> value)
    {
        var column = new T[items.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(items[i].Item);
        }

        return column;
    }
}
