using HumanLoop.GroupCommit;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>New work on its way in: what can be done before it has the writer's attention is done on the caller's thread.</summary>
internal sealed class EnqueueOperation : Operation<IReadOnlyList<EnqueueResult>>
{
    public EnqueueOperation(IReadOnlyList<NewWork> batch, DateTimeOffset now)
    {
        Batch = batch;
        Now = now;
        Items = new WorkItem[batch.Count];
        Bodies = new byte[batch.Count][];
        Facts = new byte[batch.Count][];
        Details = new byte[]?[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            var routed = batch[i].Routed with { Version = 1, At = now };
            Items[i] = WorkItem.Begin(routed, batch[i].Payload);
            Bodies[i] = JournalJson.Write((JournalEntry)routed);
            Facts[i] = WorkItemJson.Write(Items[i]);
            Details[i] = WorkItemJson.WriteDetails(batch[i].Payload);
        }
    }

    public IReadOnlyList<NewWork> Batch { get; }

    public DateTimeOffset Now { get; }

    public WorkItem[] Items { get; }

    public byte[][] Bodies { get; }

    public byte[][] Facts { get; }

    public byte[]?[] Details { get; }

    /// <summary>How often it was sent to the database.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether a full queue may refuse some of it, so that others who add to it must wait their turn.</summary>
    public bool IsLimited => Batch.Any(work => work.MaxPending is not null && work.Routed.IsDrawn);
}
