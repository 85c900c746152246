using HumanLoop.Journaling;

namespace HumanLoop.Testing.Trials;

/// <summary>A fresh workflow state and steps on it.</summary>
internal sealed class StateTrial(
    ManualClock clock,
    IWorkflowState state,
    Func<IWorkflowState, IDecisionJournal>? journal,
    Func<IWorkflowState, TimeProvider, ValueTask<IWorkflowState>>? reopen,
    CancellationToken cancellationToken) : IAsyncDisposable
{
    public IWorkflowState State { get; private set; } = state;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Where entries go that are written with a document.</summary>
    private IDecisionJournal Journal => journal is not null ? journal(State)
        : State as IDecisionJournal ?? throw new ConformanceException("The state is no journal itself; tell the cases where its entries go.");

    public async Task ReopenAsync() => State = await reopen!(State, clock).ConfigureAwait(false);

    public async Task<StateDocument?> ReadAsync(string workflow, string name) =>
        await State.ReadAsync(workflow, name, cancellationToken).ConfigureAwait(false);

    public async Task<bool> WriteAsync(string workflow, string name, string value, long expected, JournalEntry? entry = null) =>
        await State.WriteAsync(workflow, name, value, expected, entry, cancellationToken).ConfigureAwait(false);

    public async Task<bool> WriteAsync(IReadOnlyList<StateWrite> documents, IReadOnlyList<JournalEntry> entries) =>
        await State.WriteAsync(documents, entries, cancellationToken).ConfigureAwait(false);

    public Task<IReadOnlyList<JournalEntry>> JournalAsync() => JournalTrial.ReadAllAsync(Journal, cancellationToken);

    public ValueTask DisposeAsync() => Disposal.DisposeAsync(State);
}
