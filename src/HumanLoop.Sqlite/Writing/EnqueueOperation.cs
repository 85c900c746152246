using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Sqlite;

/// <summary>New work on its way in: what can be done before it has the writer's attention is done on the caller's thread.</summary>
internal sealed class EnqueueOperation
{
    private readonly IReadOnlyList<NewWork> _batch;
    private readonly WorkItem[] _items;
    private readonly byte[][] _entries;
    private readonly byte[]?[] _details;
    private readonly TimeProvider _time;

    public EnqueueOperation(IReadOnlyList<NewWork> batch, TimeProvider time)
    {
        _batch = batch;
        _time = time;
        _items = new WorkItem[batch.Count];
        _entries = new byte[batch.Count][];
        _details = new byte[]?[batch.Count];
        var now = time.GetUtcNow();
        for (var i = 0; i < batch.Count; i++)
        {
            var routed = batch[i].Routed with { Version = 1, At = now };
            _items[i] = WorkItem.Begin(routed, batch[i].Payload);
            _entries[i] = JournalJson.Write((JournalEntry)routed);
            _details[i] = WorkItemJson.WriteDetails(batch[i].Payload);
        }
    }

    public IReadOnlyList<EnqueueResult> Run(SqliteSession session)
    {
        var now = _time.GetUtcNow();
        var results = new EnqueueResult[_batch.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Add(session, i, now);
        }

        return results;
    }

    private EnqueueResult Add(SqliteSession session, int i, DateTimeOffset now)
    {
        var item = _items[i];
        var workflow = session.Workflows.FindOrAdd(item.Workflow);
        if (_batch[i].MaxPending is { } max && item.CountsAsPending && session.Items.CountAwaited(workflow) >= max)
        {
            // An id that is known is not new work, however full the queue is.
            return session.Items.Find(workflow, item.DecisionId) is { } first ? new(RoutingStatus.AlreadyRecorded, first) : new(RoutingStatus.Refused, null);
        }

        // The journal's key finds the duplicate at no cost to all the others.
        if (session.Journal.Append(workflow, item.Routed, _entries[i]) is not { } sequence)
        {
            if (session.Items.Find(workflow, item.DecisionId) is { } first)
            {
                return new(RoutingStatus.AlreadyRecorded, first);
            }

            // The id was used before and forgotten. Its journal stays, so the new stream goes on where the old one ended.
            item = WorkItem.Begin(item.Routed with { Version = session.Journal.NextVersion(workflow, item.DecisionId) }, item.Payload);
            sequence = session.Journal.Append(workflow, item.Routed, JournalJson.Write((JournalEntry)item.Routed))
                ?? throw new InvalidOperationException($"The journal of '{item.Workflow}/{item.DecisionId}' has no next version.");
        }

        session.Items.Insert(sequence, workflow, item, now);
        session.Payloads.Insert(sequence, _batch[i].Payload, _details[i]);
        return new(RoutingStatus.Recorded, item with { Sequence = sequence });
    }
}
