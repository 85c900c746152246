using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>The built-in store without durability: queue, journal and workflow state in this process's memory, lost when the process ends.</summary>
/// <remarks>
/// Safe for concurrent use. One lock makes every call one commit; claiming, listing and sweeping read ordered sets, so
/// their cost grows with what they return and not with what waits.
/// </remarks>
public sealed class InMemoryReviewQueue : IReviewQueue, IDecisionJournal, IWorkflowState
{
    private static readonly DecisionState[] Open = [DecisionState.Pending, DecisionState.Claimed, DecisionState.ActDue, DecisionState.Acting, DecisionState.DeadLetter];

    private readonly Lock _gate = new();
    private readonly WorkIndex _work = new();
    private readonly InMemoryDecisionJournal _journal = new();
    private readonly InMemoryWorkflowState _state;
    private readonly TimeProvider _clock;
    private long _sequence;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="clock">The clock that leases and deadlines run by.</param>
    public InMemoryReviewQueue(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _state = new(_journal, clock);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            var results = new EnqueueResult[batch.Count];
            for (var i = 0; i < results.Length; i++)
            {
                results[i] = Enqueue(batch[i], now);
            }

            return ValueTask.FromResult<IReadOnlyList<EnqueueResult>>(results);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            var taken = new List<TransitionResult>();
            foreach (var candidate in _work.Claimable(request, now))
            {
                var result = request.Take(candidate, now);
                if (result.IsApplied)
                {
                    taken.Add(result);
                    if (taken.Count == request.Max)
                    {
                        break;
                    }
                }
            }

            foreach (var result in taken)
            {
                Commit(result, now);
            }

            return ValueTask.FromResult<IReadOnlyList<WorkItem>>(taken.ConvertAll(result => result.Item!));
        }
    }

    /// <inheritdoc/>
    public ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transition);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            var result = _work.Find(transition.Workflow, transition.DecisionId) is { } item
                ? transition.ApplyTo(item, expectedRevision, now)
                : TransitionResult.NotFound;
            Commit(result, now);
            return ValueTask.FromResult(result);
        }
    }

    /// <inheritdoc/>
    public ValueTask<WorkItem?> GetAsync(string workflow, DecisionId decisionId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return ValueTask.FromResult(_work.Find(workflow, decisionId));
        }
    }

    /// <inheritdoc/>
    public ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var after = QueuePosition.Parse(request.Cursor);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var items = _work.Listed(request, after).Where(request.Matches).Take(request.Limit + 1).ToList();
            if (items.Count <= request.Limit)
            {
                return ValueTask.FromResult(new WorkPage(items, null));
            }

            items.RemoveAt(request.Limit);
            return ValueTask.FromResult(new WorkPage(items, QueuePosition.Of(items[^1]).ToString()));
        }
    }

    /// <inheritdoc/>
    public ValueTask<SweepResult> SweepAsync(SweepRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return ValueTask.FromResult(Sweep(request, _clock.GetUtcNow()));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QueueMeasure>> MeasureAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<QueueMeasure>>([.. _work.Workflows.Select(Measure)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default) =>
        _journal.AppendAsync(entries, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(long after, int max, CancellationToken cancellationToken = default) =>
        _journal.ReadAsync(after, max, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRecord>> ReadDecisionAsync(string workflow, DecisionId decisionId, long after, int max, CancellationToken cancellationToken = default) =>
        _journal.ReadDecisionAsync(workflow, decisionId, after, max, cancellationToken);

    /// <inheritdoc/>
    ValueTask<StateDocument?> IWorkflowState.ReadAsync(string workflow, string name, CancellationToken cancellationToken) =>
        _state.ReadAsync(workflow, name, cancellationToken);

    /// <inheritdoc/>
    ValueTask<IReadOnlyList<string>> IWorkflowState.ListWorkflowsAsync(CancellationToken cancellationToken) => _state.ListWorkflowsAsync(cancellationToken);

    /// <inheritdoc/>
    ValueTask<bool> IWorkflowState.WriteAsync(IReadOnlyList<StateWrite> documents, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        _state.WriteAsync(documents, entries, cancellationToken);

    private EnqueueResult Enqueue(NewWork work, DateTimeOffset now)
    {
        var (workflow, id) = (work.Routed.Workflow, work.Routed.DecisionId);
        if (_work.Find(workflow, id) is { } known)
        {
            return new(RoutingStatus.AlreadyRecorded, known);
        }

        if (work.Routed.IsDrawn && work.MaxPending <= _work.Pending(workflow))
        {
            return new(RoutingStatus.Refused, null);
        }

        // A forgotten id continues its stream, so that no two entries of the journal share a version.
        var routed = work.Routed with { Version = _journal.LastVersion(workflow, id) + 1, At = now };
        var item = WorkItem.Begin(routed, work.Payload) with { Sequence = ++_sequence };
        Commit(new(TransitionStatus.Applied, item, routed), now);
        return new(RoutingStatus.Recorded, item);
    }

    private void Commit(TransitionResult result, DateTimeOffset now)
    {
        if (result.IsApplied)
        {
            _work.Put(result.Item!, now);
            if (result.Entry is { } entry)
            {
                _journal.Append(entry);
            }
        }
    }

    private SweepResult Sweep(SweepRequest request, DateTimeOffset now)
    {
        var entries = new List<JournalEntry>();
        var (left, forgotten) = (request.Max, 0);
        foreach (var workflow in request.Policies.Select(policy => policy.Workflow))
        {
            // One more than fits tells whether there is more.
            foreach (var item in _work.DueToWake(workflow, now).Take(left + 1).ToList())
            {
                if (left-- == 0)
                {
                    return new(entries, forgotten, true);
                }

                for (var next = request.Next(item, now); next is not null; next = request.Next(next.Item!, now))
                {
                    Commit(next, now);
                    entries.Add(next.Entry!);
                }
            }

            foreach (var item in _work.ClosedWithPayload(workflow, now).TakeWhile(item => request.ErasesPayload(item, now)).Take(left + 1).ToList())
            {
                if (left-- == 0)
                {
                    return new(entries, forgotten, true);
                }

                var erased = new ErasePayload(item.Workflow, item.DecisionId).ApplyTo(item, null, now);
                Commit(erased, now);
                entries.Add(erased.Entry!);
            }

            foreach (var item in _work.Closed(workflow, now).TakeWhile(item => request.Forgets(item, now)).Take(left + 1).ToList())
            {
                if (left-- == 0)
                {
                    return new(entries, forgotten, true);
                }

                _work.Remove(item);
                forgotten++;
            }
        }

        return new(entries, forgotten, false);
    }

    private QueueMeasure Measure(string workflow)
    {
        var measure = new QueueMeasure { Workflow = workflow };
        foreach (var state in Open.Where(state => _work.Count(workflow, state) > 0))
        {
            var (overdue, oldest) = (0, DateTimeOffset.MaxValue);
            foreach (var item in _work.Listed(new() { Workflow = workflow, States = [state] }, QueuePosition.First))
            {
                overdue += item.IsOverdue ? 1 : 0;
                oldest = oldest < item.ReadyAt ? oldest : item.ReadyAt;
            }

            measure = measure.Add(state, _work.Count(workflow, state), overdue, oldest);
        }

        return measure;
    }
}
