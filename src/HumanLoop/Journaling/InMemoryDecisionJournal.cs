using System.Runtime.InteropServices;

namespace HumanLoop.Journaling;

/// <summary>A journal in this process's memory: for trying things out, for tests, and beside a queue that is not a journal itself. It is lost when the
/// process ends.</summary>
/// <remarks>Safe for concurrent use. Positions have no gaps.</remarks>
public sealed class InMemoryDecisionJournal : IDecisionJournal
{
    private readonly Lock _gate = new();
    private readonly List<JournalRecord> _records = [];
    private readonly Dictionary<(string Workflow, DecisionId DecisionId), SortedList<long, JournalRecord>> _stories = [];

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                Append(entry);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(long after, int max, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var first = (int)Math.Min(after, _records.Count);
            return ValueTask.FromResult<IReadOnlyList<JournalRecord>>(_records.GetRange(first, Math.Min(max, _records.Count - first)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRecord>> ReadDecisionAsync(string workflow, DecisionId decisionId, long after, int max, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            IReadOnlyList<JournalRecord> records = _stories.TryGetValue((workflow, decisionId), out var stream)
                ? [.. stream.Values.Where(record => record.Entry.Version > after).Take(max)]
                : [];
            return ValueTask.FromResult(records);
        }
    }

    /// <summary>Appends one entry, unless it is on record.</summary>
    internal void Append(JournalEntry entry)
    {
        lock (_gate)
        {
            ref var stream = ref CollectionsMarshal.GetValueRefOrAddDefault(_stories, (entry.Workflow, entry.DecisionId), out _);
            var record = new JournalRecord(_records.Count + 1, entry);
            if ((stream ??= []).TryAdd(entry.Version, record))
            {
                _records.Add(record);
            }
        }
    }

    /// <summary>The last version in a decision's stream, or in a workflow's own where the id is empty; 0 before the first.</summary>
    internal long LastVersion(string workflow, DecisionId decisionId)
    {
        lock (_gate)
        {
            return _stories.TryGetValue((workflow, decisionId), out var stream) ? stream.GetKeyAtIndex(stream.Count - 1) : 0;
        }
    }
}
