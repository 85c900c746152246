using HumanLoop.Journaling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HumanLoop.Running;

/// <summary>Follows a store's journal in one process at a time: holds a lease, reads the journal in order from a position, and stores what the follower made
/// of it in one commit.</summary>
/// <remarks>
/// Delivery is at least once: after a crash, or when another process takes over, the journal is read again from the position in the
/// follower's last committed document. The version of what is written, not the lease, keeps two processes from harming each other: a
/// commit on top of another process's commit is refused. Not safe for concurrent use; make one for each follower.
/// </remarks>
/// <example>
/// A follower that counts verdicts, as a hosted service:
/// <code>
/// internal sealed class VerdictCounter(IServiceProvider services) : BackgroundService
/// {
///     private readonly JournalSubscription _journal = JournalSubscription.Create(services, "verdict-counter");
///     private (long Position, long Count, long Version)? _counted;
///
///     protected override Task ExecuteAsync(CancellationToken stoppingToken) => _journal.RunAsync(RoundAsync, stoppingToken);
///
///     private async Task&lt;bool&gt; RoundAsync(CancellationToken cancellationToken)
///     {
///         if (!await _journal.HoldAsync(cancellationToken))
///         {
///             _counted = null; // another process counts now: what is in memory is out of date
///             return false;
///         }
///
///         var (position, count, version) = _counted ??= Parse(await _journal.ReadDocumentAsync("verdict-count", cancellationToken));
///         var page = await _journal.ReadAsync(position, 500, cancellationToken);
///         if (page.Count == 0)
///         {
///             return false;
///         }
///
///         (position, count) = (page[^1].Position, count + page.Count(record => record.Entry is VerdictGiven));
///         _counted = await _journal.CommitAsync([new("", "verdict-count", $"{position} {count}", version)]) ? (position, count, version + 1) : null;
///         return page.Count == 500;
///     }
/// }
/// </code>
/// </example>
public sealed class JournalSubscription
{
    /// <summary>How much of the journal may have to be read again after a crash.</summary>
    private static readonly TimeSpan CheckpointAfter = TimeSpan.FromSeconds(5);

    private readonly IWorkflowState _state;
    private readonly IDecisionJournal _journal;
    private readonly StartGate _start;
    private readonly StoreLease _lease;
    private readonly TimeProvider _time;
    private readonly TimeSpan _pollInterval;
    private readonly ILogger _logger;
    private long _committedAt;

    private JournalSubscription(IServiceProvider services, string name, string workflow)
    {
        (Name, Workflow) = (name, workflow);
        _state = services.GetRequiredService<IWorkflowState>();
        _journal = services.GetRequiredService<IDecisionJournal>();
        _start = services.GetRequiredService<StartGate>();
        _time = services.GetRequiredService<TimeProvider>();
        _lease = new(_state, services.GetRequiredService<ProcessIdentity>(), _time, workflow, name);
        _pollInterval = services.GetRequiredService<IOptions<HumanLoopOptions>>().Value.PollInterval;
        _logger = services.GetRequiredService<ILogger<JournalSubscription>>();
        _committedAt = _time.GetTimestamp();
    }

    /// <summary>Its name: that of the document in which the lease is stored.</summary>
    public string Name { get; }

    /// <summary>The workflow that it follows; empty for all.</summary>
    public string Workflow { get; }

    /// <summary>How often a holder has to call <see cref="HoldAsync"/> to keep the lease: 3 seconds. Another process may take it 10 seconds after the last
    /// call.</summary>
    public static TimeSpan RenewAfter => StoreLease.RenewAfter;

    /// <summary>Whether the last commit is so long ago, 5 seconds, that what needs no haste should be committed too.</summary>
    public bool IsCheckpointDue => _time.GetElapsedTime(_committedAt) >= CheckpointAfter;

    /// <summary>Makes a subscription.</summary>
    /// <param name="services">The application's services, in which HumanLoop was added.</param>
    /// <param name="name">A name that no other follower of this store and workflow has.</param>
    /// <param name="workflow">The workflow that is followed; empty for all.</param>
    /// <returns>The subscription. It holds nothing yet.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static JournalSubscription Create(IServiceProvider services, string name, string workflow = "")
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(workflow);
        return new(services, name, workflow);
    }

    /// <summary>Runs rounds until it is stopped: after the start of the loop, with growing pauses while the store does not answer, and with
    /// <see cref="HumanLoopOptions.PollInterval"/> between rounds that leave nothing to do.</summary>
    /// <param name="round">One round; returns whether there is more to do at once.</param>
    /// <param name="stoppingToken">Stops it.</param>
    /// <returns>When it was stopped.</returns>
    public async Task RunAsync(Func<CancellationToken, Task<bool>> round, CancellationToken stoppingToken)
    {
        ArgumentNullException.ThrowIfNull(round);
        var backoff = new LoopBackoff(Name, _time, _logger);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _start.EnsureAsync().WaitAsync(stoppingToken).ConfigureAwait(false);
                var more = await round(stoppingToken).ConfigureAwait(false);
                backoff.Succeeded();
                if (!more)
                {
                    await Task.Delay(_pollInterval, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                await backoff.FailedAsync(failure, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes, keeps or renews the lease.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Whether this process holds it. If not, what the follower has in memory is out of date: read the document again once it holds.</returns>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public Task<bool> HoldAsync(CancellationToken cancellationToken = default) => _lease.HoldAsync(cancellationToken);

    /// <summary>Reads a document of the follower.</summary>
    /// <param name="document">Its name in <see cref="Workflow"/>.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The document; <see langword="null"/> before the first commit.</returns>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public ValueTask<StateDocument?> ReadDocumentAsync(string document, CancellationToken cancellationToken = default) => _state.ReadAsync(Workflow, document, cancellationToken);

    /// <summary>Reads the records after a position, of all workflows, oldest first.</summary>
    /// <param name="after">The position; 0 for the beginning.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The records; fewer than the limit when there are no more.</returns>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(long after, int limit, CancellationToken cancellationToken = default) => _journal.ReadAsync(after, limit, cancellationToken);

    /// <summary>Writes documents and journal entries in one commit.</summary>
    /// <param name="documents">The documents, each with the version that was read.</param>
    /// <param name="entries">Entries to journal with them; none unless given.</param>
    /// <returns>Whether it was written. If not, another process has written since: the lease is given up, and what is in memory is out of date.</returns>
    /// <exception cref="StoreException">The store could not do it; whether it did is unknown, so read the documents again.</exception>
    public async Task<bool> CommitAsync(IReadOnlyList<StateWrite> documents, IReadOnlyList<JournalEntry>? entries = null)
    {
        ArgumentNullException.ThrowIfNull(documents);
        if (!await _state.WriteAsync(documents, entries ?? []).ConfigureAwait(false))
        {
            _lease.Lost();
            return false;
        }

        _committedAt = _time.GetTimestamp();
        return true;
    }

    /// <summary>Gives the lease up, so that the next process need not wait until it is over.</summary>
    /// <returns>When it is given up.</returns>
    /// <exception cref="StoreException">The store could not do it; the lease is over by itself after a while.</exception>
    public Task ReleaseAsync() => _lease.ReleaseAsync();
}
