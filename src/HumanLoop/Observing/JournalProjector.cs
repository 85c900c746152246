using HumanLoop.Diagnostics;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HumanLoop.Observing;

/// <summary>Applies the journal to its projections: for each workflow in one process at a time.</summary>
internal sealed class JournalProjector(
    Catalog<ILearningWorkflow> catalog,
    IEnumerable<IJournalProjection> projections,
    IDecisionJournal journal,
    IServiceProvider services,
    WorkSignals signals,
    IOptions<HumanLoopOptions> options,
    TimeProvider time,
    ILogger<JournalProjector> logger) : BackgroundService
{
    private const string LeaseDocument = "evidence-writer";
    private const int PageSize = 1_000;
    private const int LongestStream = 10_000;

    private readonly SemaphoreSlim _gate = new(1);
    private readonly IJournalProjection[] _projections = [.. projections];
    private readonly Dictionary<string, JournalSubscription> _subscriptions = catalog.All.ToDictionary(workflow => workflow.Name, workflow => JournalSubscription.Create(services, LeaseDocument, workflow.Name), StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<IProjected>> _held = new(StringComparer.Ordinal);
    private readonly StartGate _start = services.GetRequiredService<StartGate>();
    private readonly LoopBackoff _backoff = new("evidence writer", time, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _start.EnsureAsync().WaitAsync(stoppingToken).ConfigureAwait(false);
                var answered = signals.NextAnswer();
                var more = await ProjectAsync(stoppingToken).ConfigureAwait(false);
                _backoff.Succeeded();
                if (!more)
                {
                    using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                    await Task.WhenAny(answered, Task.Delay(options.Value.PollInterval, time, waiting.Token)).ConfigureAwait(false);
                    await waiting.CancelAsync().ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                await _backoff.FailedAsync(failure, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var (workflow, projected) in _held.ToList())
            {
                await CommitAsync(workflow, projected, isLast: true).ConfigureAwait(false);
                await _subscriptions[workflow].ReleaseAsync().ConfigureAwait(false);
            }
        }
        catch (StoreException failure)
        {
            logger.LoopFailed("evidence writer", failure.GetType().Name, TimeSpan.Zero);
        }
    }

    /// <summary>One round.</summary>
    /// <returns>Whether there is more to read.</returns>
    internal async Task<bool> ProjectAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await HoldAsync(cancellationToken).ConfigureAwait(false);
            if (_held.Count == 0)
            {
                return false;
            }

            // One page for all workflows, from where the one that is furthest behind has read.
            var page = await journal.ReadAsync(_held.Values.Min(PositionOf), PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var record in page)
            {
                if (_held.TryGetValue(record.Entry.Workflow, out var projected) && record.Position > PositionOf(projected))
                {
                    await ApplyAsync(projected, record, cancellationToken).ConfigureAwait(false);
                }
            }

            foreach (var (workflow, projected) in _held.ToList())
            {
                foreach (var one in page.Count > 0 ? projected : [])
                {
                    one.Pass(page[^1].Position);
                }

                if (projected.Any(one => one.IsDue))
                {
                    await CommitAsync(workflow, projected).ConfigureAwait(false);
                }
            }

            return page.Count == PageSize;
        }
        catch
        {
            // What is in memory may be ahead of the store: it is read again.
            _held.Clear();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static long PositionOf(IReadOnlyList<IProjected> projected) => projected.Min(one => one.Position);

    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        foreach (var workflow in catalog.All)
        {
            if (!await _subscriptions[workflow.Name].HoldAsync(cancellationToken).ConfigureAwait(false))
            {
                _held.Remove(workflow.Name);
                continue;
            }

            if (!_held.TryGetValue(workflow.Name, out var projected))
            {
                if (await LoadAsync(workflow, cancellationToken).ConfigureAwait(false) is not { } loaded)
                {
                    continue;
                }

                _held[workflow.Name] = projected = loaded;
            }

            foreach (var one in projected)
            {
                await one.PrepareAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<IReadOnlyList<IProjected>?> LoadAsync(ILearningWorkflow workflow, CancellationToken cancellationToken)
    {
        var all = new List<IProjected>();
        foreach (var projection in _projections)
        {
            if (await projection.LoadAsync(workflow, cancellationToken).ConfigureAwait(false) is not { } projected)
            {
                return null;
            }

            all.Add(projected);
        }

        return all;
    }

    private async Task ApplyAsync(IReadOnlyList<IProjected> projected, JournalRecord record, CancellationToken cancellationToken)
    {
        var entry = record.Entry;
        if (projected.Where(one => one.Misses(record)).ToList() is { Count: > 0 } missing)
        {
            var stream = await journal.ReadDecisionAsync(entry.Workflow, entry.DecisionId, 0, LongestStream, cancellationToken).ConfigureAwait(false);
            foreach (var one in missing)
            {
                one.Recall(entry.DecisionId, stream, record.Position);
            }
        }

        foreach (var one in projected)
        {
            await one.ApplyAsync(record, cancellationToken).ConfigureAwait(false);
        }

        if (projected.Any(one => one.IsUrgent))
        {
            await CommitAsync(entry.Workflow, projected).ConfigureAwait(false);
        }
    }

    private async Task CommitAsync(string workflow, IReadOnlyList<IProjected> projected, bool isLast = false)
    {
        if (!projected.All(one => one.IsReady) || !projected.Any(one => one.HasChanges(isLast)))
        {
            return;
        }

        var commits = projected.Select(one => one.ToCommit(isLast)).ToList();
        if (!await _subscriptions[workflow].CommitAsync([.. commits.SelectMany(commit => commit.Documents)], [.. commits.SelectMany(commit => commit.Entries)]).ConfigureAwait(false))
        {
            // Another process has taken over: what is in memory is out of date.
            _held.Remove(workflow);
            return;
        }

        foreach (var (one, commit) in projected.Zip(commits))
        {
            await one.CommittedAsync(commit).ConfigureAwait(false);
        }
    }
}
