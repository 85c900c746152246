using HumanLoop.Adapting;
using HumanLoop.Diagnostics;
using HumanLoop.Observing;
using HumanLoop.Registration;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Reviewing;

/// <summary>Makes digests of what waits for people and hands them to the notifiers; the log gets them in any case.</summary>
internal sealed class NotificationDesk(IEnumerable<IReviewNotifier> notifiers, WorkflowCatalog catalog, TimeProvider time, ILogger<NotificationDesk> logger)
{
    /// <summary>Whoever tells people must not hold up leases and deadlines.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IReviewNotifier[] _notifiers = [.. notifiers];
    private readonly Dictionary<string, long> _deadLetters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _behind = new(StringComparer.Ordinal);

    public bool IsSilent => _notifiers.Length == 0;

    /// <summary>Tells of the overdue and expired reviews that a sweep found.</summary>
    public async Task TellAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var group in entries.OfType<ReviewOverdue>().GroupBy(entry => (entry.Workflow, Told: entry.Told ?? OwnerOf(entry.Workflow))))
        {
            var count = group.Count();
            logger.ReviewsOverdue(group.Key.Workflow, count, group.Key.Told);
            await SendAsync(new(NotificationKind.ReviewsOverdue, group.Key.Workflow, group.Key.Told, count, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        }

        foreach (var group in entries.OfType<ReviewExpired>().GroupBy(entry => entry.Workflow))
        {
            var count = group.Count();
            logger.ReviewsExpired(group.Key, count);
            await SendAsync(new(NotificationKind.ReviewsExpired, group.Key, OwnerOf(group.Key), count, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the owner when there are more dead letters than before.</summary>
    public async Task DeadLettersAsync(IReadOnlyList<QueueMeasure> measures, CancellationToken cancellationToken)
    {
        foreach (var measure in measures)
        {
            var known = _deadLetters.GetValueOrDefault(measure.Workflow);
            _deadLetters[measure.Workflow] = measure.DeadLetters;
            if (measure.DeadLetters > known && catalog.Find(measure.Workflow) is { } workflow)
            {
                await SendAsync(new(NotificationKind.DeadLetters, workflow.Name, workflow.Options.Owner, (int)Math.Min(measure.DeadLetters, int.MaxValue), time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tells the owner when a queue has become longer or older than its limits, and again only after it was within them.</summary>
    public async Task PeopleBehindAsync(IReadOnlyList<QueueMeasure> measures, CancellationToken cancellationToken)
    {
        foreach (var measure in measures)
        {
            if (catalog.Find(measure.Workflow) is not { } workflow)
            {
                continue;
            }

            if (!workflow.IsBehind && !(measure.AwaitingVerdict >= workflow.Options.Review.MaxPending))
            {
                _behind.Remove(measure.Workflow);
            }
            else if (_behind.Add(measure.Workflow))
            {
                logger.PeopleBehind(workflow.Name, measure.AwaitingVerdict, measure.OldestReady, workflow.Options.Owner);
                await SendAsync(new(NotificationKind.PeopleBehind, workflow.Name, workflow.Options.Owner, (int)Math.Min(measure.AwaitingVerdict, int.MaxValue), time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tells what a threshold did; the owner, where it is an alarm or asks for a word.</summary>
    public async Task ThresholdAsync(ThresholdChanged changed)
    {
        var (workflow, change) = (changed.Workflow, changed.Change);
        var owner = OwnerOf(workflow);
        var whose = (changed.Segment, changed.Model) switch
        {
            (null, null) => "",
            (null, _) => $" of model {changed.Model}",
            (_, null) => $" of segment {changed.Segment}",
            _ => $" of segment {changed.Segment} and model {changed.Model}",
        };
        NotificationKind? kind = null;
        if (change.Reason == ThresholdReasons.DriftAlarm)
        {
            logger.ThresholdAlarm(workflow, whose, change.From, owner);
            kind = NotificationKind.ThresholdAlarm;
        }
        else if (change is { IsProposal: true, Reason: ThresholdReasons.Earned })
        {
            logger.LooseningProposed(workflow, whose, change.From, change.To, change.Evidence.Errors, change.Evidence.Outcomes, changed.ChangeId, owner);
            kind = change.Goal.Loosening == Loosening.OwnerApproves ? NotificationKind.LooseningProposed : null;
        }
        else
        {
            logger.ThresholdChanged(workflow, whose, change.From, change.To, change.Reason, change.Evidence.Errors, change.Evidence.Outcomes);
        }

        if (change.GuaranteeVoid && change.Reason == ThresholdReasons.Forced)
        {
            logger.GuaranteeVoid(workflow, whose, change.To, change.Actor ?? "");
        }

        if (kind is { } told)
        {
            await SendAsync(new(told, workflow, owner, 1, time.GetUtcNow()), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private string OwnerOf(string workflow) => catalog.Find(workflow)?.Options.Owner ?? "";

    private async Task SendAsync(ReviewNotification notification, CancellationToken cancellationToken)
    {
        foreach (var notifier in _notifiers)
        {
            try
            {
                await notifier.NotifyAsync(notification, cancellationToken).WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                logger.NotifierFailed(notifier.GetType().Name, failure.GetType().Name);
            }
        }
    }
}
