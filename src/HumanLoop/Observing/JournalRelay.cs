using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HumanLoop.Observing;

/// <summary>Carries the entries of a queue that is not its own journal to the journal: by key, at least once, in each decision's order.</summary>
internal sealed class JournalRelay(IReviewQueue queue, IDecisionJournal journal, StartGate start, IOptions<HumanLoopOptions> options, ProcessIdentity process, TimeProvider time, ILogger<JournalRelay> logger) : BackgroundService
{
    private readonly LoopBackoff _backoff = new("journal relay", time, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (ReferenceEquals(queue, journal))
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await start.EnsureAsync().WaitAsync(stoppingToken).ConfigureAwait(false);
                var carried = await CarryAsync(stoppingToken).ConfigureAwait(false);
                _backoff.Succeeded();
                if (carried == 0)
                {
                    await Task.Delay(options.Value.PollInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                await _backoff.FailedAsync(failure, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One round; how many entries it carried.</summary>
    internal async Task<int> CarryAsync(CancellationToken cancellationToken)
    {
        var page = await queue.ListAsync(new() { WithOutbox = true, Limit = 500 }, cancellationToken).ConfigureAwait(false);
        if (page.Items.Count == 0)
        {
            return 0;
        }

        IReadOnlyList<JournalEntry> entries = [.. page.Items.SelectMany(item => item.Outbox)];
        await journal.AppendAsync(entries, cancellationToken).ConfigureAwait(false);
        foreach (var item in page.Items)
        {
            await queue.ApplyAsync(new MarkJournaled(item.Workflow, item.DecisionId, item.Outbox[^1].Version) { Actor = process.Name }, null, cancellationToken).ConfigureAwait(false);
        }

        return entries.Count;
    }
}
