using HumanLoop.Diagnostics;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using Microsoft.Extensions.Logging;

namespace HumanLoop.PostgreSql;

/// <summary>Queue, journal and shared state in one PostgreSQL database: what belongs together is committed together.</summary>
/// <remarks>Safe for concurrent use. Any number of processes on any number of machines may share the database.</remarks>
internal sealed class PostgreSqlStore : IReviewQueue, IDecisionJournal, IWorkflowState, IStoreClock, IHealthSource, IQueueChangeFeed, ITransactionalStore, IAsyncDisposable, IDisposable
{
    private readonly Database _database;
    private readonly ClaimWatermarks _watermarks = new();
    private readonly ChangeFeed _changes;
    private readonly GroupWriter<EnqueueOperation> _enqueuing;
    private readonly GroupWriter<ApplyOperation> _applying;
    private readonly GroupWriter<ClaimOperation> _claiming;
    private readonly GroupWriter<GetOperation> _getting;
    private readonly JournalReading _journal;
    private readonly ILogger _logger;
    private long _partitionsLookedAt;

    public PostgreSqlStore(Hosts hosts, PostgreSqlStoreOptions options, TimeProvider time, ILogger<PostgreSqlStore> logger)
    {
        _logger = logger;
        _database = new(hosts, options, typeof(PostgreSqlStore), time, logger);
        _journal = new(_database);
        var committing = new Committing(_database, logger);
        var claim = new ClaimBatch(_database, _watermarks);
        _changes = new(_database);
        var (enqueue, apply) = (new EnqueueBatch(_database, _watermarks), new ApplyBatch(_database, _watermarks));
        Transactions = new(_database, enqueue, apply, _changes);
        _enqueuing = new(typeof(PostgreSqlStore), 1, operation => operation.Batch.Count, batch => committing.CommitAsync<EnqueueOperation, IReadOnlyList<EnqueueResult>>(batch, enqueue.CommitAsync));
        _applying = new(typeof(PostgreSqlStore), 1, _ => 1, batch => committing.CommitAsync<ApplyOperation, TransitionResult>(batch, apply.CommitAsync));
        _claiming = new(typeof(PostgreSqlStore), 1, operation => operation.Request.Max, batch => committing.CommitAsync<ClaimOperation, IReadOnlyList<WorkItem>>(batch, claim.CommitAsync));
        _getting = new(typeof(PostgreSqlStore), 2, _ => 1, batch => committing.CommitAsync<GetOperation, WorkItem?>(batch, new GetBatch(_database).ReadAsync));
        _partitionsLookedAt = TimeProvider.System.GetTimestamp();
    }

    public DateTimeOffset StoreNow => _database.Clock.Now;

    public CallersTransactions Transactions { get; }

    internal Database Database => _database;

    /// <summary>After which key the next claim would look; a test asks.</summary>
    internal QueuePosition WatermarkOf(WorkPurpose purpose, string workflow) =>
        _database.Options.UseWatermarks && _database.Workflows.Known(workflow) is { } number ? _watermarks.Of(purpose, null, number) : QueuePosition.First;

    public async ValueTask<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken = default) =>
        await ReadAsync(Health.FindAsync, cancellationToken).ConfigureAwait(false);

    public Task WaitForChangeAsync(CancellationToken cancellationToken) => _changes.WaitAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        if (batch.Count == 0)
        {
            return [];
        }

        await ReadyAsync().ConfigureAwait(false);
        var operation = new EnqueueOperation(batch, _database.Clock.Now);
        await _enqueuing.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
        var results = await operation.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (results.Any(result => result is { Status: RoutingStatus.Recorded, Item.State: DecisionState.ActDue }))
        {
            _changes.Announce();
        }

        return results;
    }

    public async ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1, nameof(request));
        cancellationToken.ThrowIfCancellationRequested();
        var operation = new ClaimOperation(request);
        await _claiming.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
        return await operation.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transition);
        cancellationToken.ThrowIfCancellationRequested();
        var operation = new ApplyOperation(transition, expectedRevision);
        await _applying.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
        var result = await operation.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (result.Entry is not null and not LeaseExtended)
        {
            _changes.Announce();
        }

        return result;
    }

    public async ValueTask<SweepResult> SweepAsync(SweepRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1, nameof(request));
        cancellationToken.ThrowIfCancellationRequested();
        if (TimeProvider.System.GetElapsedTime(Interlocked.Read(ref _partitionsLookedAt)) > TimeSpan.FromDays(1))
        {
            Interlocked.Exchange(ref _partitionsLookedAt, TimeProvider.System.GetTimestamp());
            await MakePartitionsAsync().ConfigureAwait(false);
        }

        var swept = await _database.RunAsync(new SweepOperation(_database, _watermarks, request).RunAsync).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (swept.Entries.Count > 0)
        {
            _changes.Announce();
        }

        return swept;
    }

    public async ValueTask<WorkItem?> GetAsync(string workflow, DecisionId decisionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        cancellationToken.ThrowIfCancellationRequested();
        var operation = new GetOperation(workflow, decisionId);
        await _getting.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
        return await operation.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        _ = QueuePosition.Parse(request.Cursor);
        return ReadAsync(session => Listing.ReadAsync(session, request), cancellationToken);
    }

    public ValueTask<IReadOnlyList<QueueMeasure>> MeasureAsync(CancellationToken cancellationToken = default) => new(Measuring.CountAsync(_database).WaitAsync(cancellationToken));

    public async ValueTask AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        cancellationToken.ThrowIfCancellationRequested();
        if (entries.Count > 0)
        {
            await _database.RunAsync(new AppendOperation(_database, entries).RunAsync).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(long after, int max, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return ReadAsync(session => _journal.ReadAsync(session, after, max), cancellationToken);
    }

    public ValueTask<IReadOnlyList<JournalRecord>> ReadDecisionAsync(string workflow, DecisionId decisionId, long after, int max, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return ReadAsync(session => _journal.ReadDecisionAsync(session, workflow, decisionId, after, max), cancellationToken);
    }

    public ValueTask<StateDocument?> ReadAsync(string workflow, string name, CancellationToken cancellationToken = default) => ReadAsync(
        async session => await _database.Workflows.FindAsync(session, workflow).ConfigureAwait(false) is { } number ? await StateRows.ReadAsync(session, number, name).ConfigureAwait(false) : null,
        cancellationToken);

    public ValueTask<IReadOnlyList<string>> ListWorkflowsAsync(CancellationToken cancellationToken = default) => ReadAsync<IReadOnlyList<string>>(
        async session => await session.Add(session.Sql.StateWorkflows).ReadAsync(row => row.GetString(0)).ConfigureAwait(false),
        cancellationToken);

    public async ValueTask<bool> WriteAsync(IReadOnlyList<StateWrite> documents, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default)
    {
        StateWrite.Validate(documents);
        ArgumentNullException.ThrowIfNull(entries);

        cancellationToken.ThrowIfCancellationRequested();
        return await _database.RunAsync(new StateOperation(_database, documents, entries).RunAsync).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _enqueuing.DisposeAsync().ConfigureAwait(false);
        await _applying.DisposeAsync().ConfigureAwait(false);
        await _claiming.DisposeAsync().ConfigureAwait(false);
        await _getting.DisposeAsync().ConfigureAwait(false);
        await _changes.DisposeAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>For containers that are not disposed asynchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private ValueTask<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_database.RunAsync(read).WaitAsync(cancellationToken));
    }

    /// <summary>The first use looks at the database, whose clock is the store's.</summary>
    private async Task ReadyAsync()
    {
        if (_database.Clock.IsUnset)
        {
            await _database.RunAsync(static _ => Task.FromResult(true)).ConfigureAwait(false);
        }
    }

    private async Task MakePartitionsAsync()
    {
        try
        {
            await _database.MakePartitionsAsync().ConfigureAwait(false);
        }
        catch (StoreException failure)
        {
            // There is a month in hand, and the rest takes what has no partition.
            SchemaLog.PartitionFailed(_logger, _database.Clock.Now, failure.Message);
        }
    }
}
