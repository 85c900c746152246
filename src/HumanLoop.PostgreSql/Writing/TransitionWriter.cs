using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>What a transaction does to items that it has locked: the rules said what they become, and both they and their entries are written
/// together.</summary>
internal sealed class TransitionWriter(DateTimeOffset now)
{
    private readonly Dictionary<long, (WorkItem Before, WorkItem After, int Workflow)> _items = [];
    private readonly List<(JournalEntry Entry, int Workflow)> _entries = [];

    public bool IsEmpty => _items.Count == 0;

    /// <summary>The items as they will be.</summary>
    public IEnumerable<WorkItem> Items => _items.Values.Select(change => change.After);

    public void Add(WorkItem before, TransitionResult result, int workflow)
    {
        if (result is { IsApplied: true, Item: { } after, Entry: { } entry })
        {
            _items[after.Sequence] = (_items.TryGetValue(after.Sequence, out var earlier) ? earlier.Before : before, after, workflow);
            _entries.Add((entry, workflow));
        }
    }

    /// <summary>Adds the statements that write it all.</summary>
    public void WriteTo(Session session)
    {
        if (IsEmpty)
        {
            return;
        }

        session.Add(session.Sql.Update, ItemRows.Columns([.. _items.Values.Select(change => (change.After, change.Workflow))], now));
        session.Add(session.Sql.Journal, JournalRows.Columns(_entries));
        long[] erased = [.. _items.Values.Where(change => change.After.IsErased && !change.Before.IsErased).Select(change => change.After.Sequence)];
        if (erased.Length > 0)
        {
            session.Add(session.Sql.DeletePayload, Parameters.Of(erased));
        }

        WorkItem[] changed = [.. _items.Values.Where(change => change.After is { IsErased: false, Payload: { } payload } && payload != change.Before.Payload).Select(change => change.After)];
        if (changed.Length > 0)
        {
            session.Add(
                session.Sql.UpdatePayload,
                Parameters.Of([.. changed.Select(item => item.Sequence)]),
                Parameters.Of([.. changed.Select(item => (byte[]?)item.Payload!.Proposal.ToArray())]),
                Parameters.Of([.. changed.Select(item => item.Payload!.Correction.IsEmpty ? null : item.Payload.Correction.ToArray())]),
                Parameters.Of([.. changed.Select(item => WorkItemJson.WriteDetails(item.Payload!))]),
                Parameters.Of([.. changed.Select(item => item.Payload!.Subject)]));
        }
    }

    /// <summary>After the commit: the next claim must not begin behind what became free.</summary>
    public void Committed(ClaimWatermarks watermarks)
    {
        foreach (var item in Items)
        {
            watermarks.Lower(item);
        }
    }
}
