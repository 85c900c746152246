using System.Collections.Concurrent;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Tests.Journey;

/// <summary>The in-memory store behind a door that a test can jam: before a call reaches it, or after it has committed.</summary>
internal sealed class FaultyStore(TimeProvider clock) : IReviewQueue, IDecisionJournal, IWorkflowState
{
    private readonly InMemoryReviewQueue _inner = new(clock);

    /// <summary>Given the request, what to throw instead of doing it.</summary>
    public Func<object, Exception?>? Before { get; set; }

    /// <summary>Given the request, what to throw after it has been committed.</summary>
    public Func<object, Exception?>? After { get; set; }

    /// <summary>Given the request, what to wait for before doing it.</summary>
    public Func<object, Task>? Hold { get; set; }

    /// <summary>Given a document's name, what to wait for between reading it and handing it over.</summary>
    public Func<string, Task>? AfterRead { get; set; }

    /// <summary>Every request that was made, in order.</summary>
    public ConcurrentQueue<object> Requests { get; } = new();

    public static StoreException Down { get; } = new("The database does not answer.", new TimeoutException());

    public ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken = default) =>
        DoAsync(batch, () => _inner.EnqueueAsync(batch, cancellationToken));

    public ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default) =>
        DoAsync(request, () => _inner.ClaimAsync(request, cancellationToken));

    public ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken = default) =>
        DoAsync(transition, () => _inner.ApplyAsync(transition, expectedRevision, cancellationToken));

    public ValueTask<WorkItem?> GetAsync(string workflow, DecisionId decisionId, CancellationToken cancellationToken = default) =>
        DoAsync(decisionId, () => _inner.GetAsync(workflow, decisionId, cancellationToken));

    public ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken = default) =>
        DoAsync(request, () => _inner.ListAsync(request, cancellationToken));

    public ValueTask<SweepResult> SweepAsync(SweepRequest request, CancellationToken cancellationToken = default) =>
        DoAsync(request, () => _inner.SweepAsync(request, cancellationToken));

    /// <summary>As the contract allows: only workflows that have open work.</summary>
    public ValueTask<IReadOnlyList<QueueMeasure>> MeasureAsync(CancellationToken cancellationToken = default) =>
        DoAsync<IReadOnlyList<QueueMeasure>>("measure", async () =>
            [.. (await _inner.MeasureAsync(cancellationToken)).Where(measure => measure.AwaitingVerdict + measure.Acting + measure.DeadLetters > 0)]);

    public ValueTask AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default) =>
        _inner.AppendAsync(entries, cancellationToken);

    public ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(long after, int max, CancellationToken cancellationToken = default) =>
        _inner.ReadAsync(after, max, cancellationToken);

    public ValueTask<IReadOnlyList<JournalRecord>> ReadDecisionAsync(string workflow, DecisionId decisionId, long after, int max, CancellationToken cancellationToken = default) =>
        _inner.ReadDecisionAsync(workflow, decisionId, after, max, cancellationToken);

    public async ValueTask<StateDocument?> ReadAsync(string workflow, string name, CancellationToken cancellationToken = default)
    {
        var document = await DoAsync($"read {name}", () => ((IWorkflowState)_inner).ReadAsync(workflow, name, cancellationToken));
        await (AfterRead?.Invoke(name) ?? Task.CompletedTask);
        return document;
    }

    public ValueTask<IReadOnlyList<string>> ListWorkflowsAsync(CancellationToken cancellationToken = default) => ((IWorkflowState)_inner).ListWorkflowsAsync(cancellationToken);

    public ValueTask<bool> WriteAsync(IReadOnlyList<StateWrite> documents, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default) =>
        DoAsync($"write {(documents.Count == 0 ? "journal" : documents[0].Name)}", () => ((IWorkflowState)_inner).WriteAsync(documents, entries, cancellationToken));

    private async ValueTask<T> DoAsync<T>(object request, Func<ValueTask<T>> call)
    {
        Requests.Enqueue(request);
        if (Hold is { } hold)
        {
            await hold(request);
        }

        if (Before?.Invoke(request) is { } early)
        {
            throw early;
        }

        var result = await call();
        return After?.Invoke(request) is { } late ? throw late : result;
    }
}
