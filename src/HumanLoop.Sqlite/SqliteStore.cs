using HumanLoop.Journaling;
using HumanLoop.Queueing;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Sqlite;

/// <summary>Queue, journal and shared state in one SQLite file: what belongs together is committed together.</summary>
/// <remarks>Safe for concurrent use. Several processes of one machine may share the file.</remarks>
internal sealed class SqliteStore : IReviewQueue, IDecisionJournal, IWorkflowState, IAsyncDisposable, IDisposable
{
    private readonly TimeProvider _time;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    /// <exception cref="ArgumentException">The connection string names no file.</exception>
    public SqliteStore(string connectionString, SqliteStoreOptions options, TimeProvider time, ILogger<SqliteStore> logger)
    {
        var file = new SqliteFile(connectionString, options, logger);
        _time = time;
        _writer = new(file, typeof(SqliteStore), logger);
        _readers = new(file, typeof(SqliteStore));
    }

    public async ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count == 0)
        {
            return [];
        }

        return await _writer.WriteAsync(new EnqueueOperation(batch, _time).Run, batch.Count, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1, nameof(request));
        return await _writer.WriteAsync(new ClaimOperation(request, _time).Run, request.Max, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transition);
        return await _writer.WriteAsync(new ApplyOperation(transition, expectedRevision, _time).Run, 1, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<SweepResult> SweepAsync(SweepRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1, nameof(request));
        return await _writer.WriteAsync(new SweepOperation(request, _time).Run, request.Max, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<WorkItem?> GetAsync(string workflow, DecisionId decisionId, CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.Workflows.Find(workflow) is { } id ? session.Items.Find(id, decisionId) : null, cancellationToken);

    public ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        return ReadAsync(session => Listing.Read(session, request), cancellationToken);
    }

    public ValueTask<IReadOnlyList<QueueMeasure>> MeasureAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<QueueMeasure>>(session => session.Items.Measure(), cancellationToken);

    public async ValueTask AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        await _writer.WriteAsync(new AppendOperation(entries).Run, entries.Count, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(long after, int max, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return ReadAsync<IReadOnlyList<JournalRecord>>(session => session.Journal.Read(after, max), cancellationToken);
    }

    public ValueTask<IReadOnlyList<JournalRecord>> ReadDecisionAsync(string workflow, DecisionId decisionId, long after, int max, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return ReadAsync<IReadOnlyList<JournalRecord>>(session => session.Workflows.Find(workflow) is { } id ? session.Journal.ReadStream(id, decisionId, after, max) : [], cancellationToken);
    }

    public ValueTask<StateDocument?> ReadAsync(string workflow, string name, CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.Workflows.Find(workflow) is { } id ? session.States.Read(id, name) : null, cancellationToken);

    public ValueTask<IReadOnlyList<string>> ListWorkflowsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<string>>(session => session.States.Workflows(), cancellationToken);

    public async ValueTask<bool> WriteAsync(IReadOnlyList<StateWrite> documents, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default)
    {
        StateWrite.Validate(documents);
        ArgumentNullException.ThrowIfNull(entries);

        return await _writer.WriteAsync(new StateOperation(documents, entries, _time).Run, documents.Count + entries.Count, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        // The writer last: whoever closes a file last folds its log into it.
        _readers.Dispose();
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>For containers that are not disposed asynchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        T? answer;
        while (!_readers.TryRead(read, out answer))
        {
            // The writer creates the tables before its first write, be it of nothing.
            await _writer.WriteAsync(static _ => true, 1, cancellationToken).ConfigureAwait(false);
        }

        return answer;
    }
}
