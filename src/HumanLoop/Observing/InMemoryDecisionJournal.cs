namespace HumanLoop.Observing;

/// <summary>A journal in this process's memory: for trying things out, for tests, and beside a queue that is not a journal itself. It is lost when the process ends.</summary>
/// <remarks>Safe for concurrent use. Positions have no gaps.</remarks>
public sealed class InMemoryDecisionJournal : IDecisionJournal
{
    private readonly Lock _gate = new();
    private readonly List<JournalRecord> _records = [];
    private readonly HashSet<(string Workflow, DecisionId DecisionId, long Version)> _known = [];
    private readonly Dictionary<(string Workflow, DecisionId DecisionId), long> _versions = [];

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

    /// <summary>Appends one entry, unless it is on record.</summary>
    internal void Append(JournalEntry entry)
    {
        lock (_gate)
        {
            if (!_known.Add((entry.Workflow, entry.DecisionId, entry.Version)))
            {
                return;
            }

            _records.Add(new(_records.Count + 1, entry));
            var story = (entry.Workflow, entry.DecisionId);
            if (entry.Version > _versions.GetValueOrDefault(story))
            {
                _versions[story] = entry.Version;
            }
        }
    }

    /// <summary>The last version in a decision's story, or in a workflow's own where the id is empty; 0 before the first.</summary>
    internal long LastVersion(string workflow, DecisionId decisionId)
    {
        lock (_gate)
        {
            return _versions.GetValueOrDefault((workflow, decisionId));
        }
    }
}
