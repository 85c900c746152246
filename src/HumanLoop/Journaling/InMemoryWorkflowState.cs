namespace HumanLoop.Journaling;

/// <summary>Workflow state in this process's memory. It is lost when the process ends.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class InMemoryWorkflowState : IWorkflowState
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Workflow, string Name), StateDocument> _documents = [];
    private readonly InMemoryDecisionJournal _journal;
    private readonly TimeProvider _clock;

    /// <summary>Makes an empty state.</summary>
    /// <param name="journal">Where the entries go that are committed with a document.</param>
    /// <param name="clock">The clock that stamps those entries.</param>
    public InMemoryWorkflowState(InMemoryDecisionJournal journal, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(clock);
        _journal = journal;
        _clock = clock;
    }

    /// <inheritdoc/>
    public ValueTask<StateDocument?> ReadAsync(string workflow, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentException.ThrowIfNullOrEmpty(name);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return ValueTask.FromResult(_documents.GetValueOrDefault((workflow, name)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListWorkflowsAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<string>>([.. _documents.Keys.Select(key => key.Workflow).Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> WriteAsync(IReadOnlyList<StateWrite> documents, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default)
    {
        StateWrite.Validate(documents);
        ArgumentNullException.ThrowIfNull(entries);

        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (documents.Any(document => (_documents.GetValueOrDefault((document.Workflow, document.Name))?.Version ?? 0) != document.ExpectedVersion))
            {
                return ValueTask.FromResult(false);
            }

            foreach (var document in documents)
            {
                _documents[(document.Workflow, document.Name)] = new(document.Value, document.ExpectedVersion + 1);
            }

            foreach (var entry in entries)
            {
                _journal.Append(entry with
                {
                    DecisionId = default,
                    Version = _journal.LastVersion(entry.Workflow, default) + 1,
                    At = _clock.GetUtcNow(),
                });
            }

            return ValueTask.FromResult(true);
        }
    }
}
