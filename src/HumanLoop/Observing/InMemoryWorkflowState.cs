namespace HumanLoop.Observing;

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
    public ValueTask<bool> WriteAsync(string workflow, string name, string value, long expectedVersion, JournalEntry? entry = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if ((_documents.GetValueOrDefault((workflow, name))?.Version ?? 0) != expectedVersion)
            {
                return ValueTask.FromResult(false);
            }

            _documents[(workflow, name)] = new(value, expectedVersion + 1);
            if (entry is not null)
            {
                _journal.Append(entry with
                {
                    Workflow = workflow,
                    DecisionId = default,
                    Version = _journal.LastVersion(workflow, default) + 1,
                    At = _clock.GetUtcNow(),
                });
            }

            return ValueTask.FromResult(true);
        }
    }
}
