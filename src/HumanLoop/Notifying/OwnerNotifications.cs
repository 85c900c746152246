using HumanLoop.Diagnostics;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Running;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Notifying;

/// <summary>Makes digests of what waits for people and hands them to the notifiers; the log gets them in any case.</summary>
/// <remarks>Channels hang on the journal instead: what was committed is told there even if this process dies before it gets to its notifiers.</remarks>
internal sealed class OwnerNotifications(IEnumerable<IReviewNotifier> notifiers, IEnumerable<INotificationChannel> channels, Catalog<INotifiedWorkflow> catalog, ToldStore told, TimeProvider time, ILogger<OwnerNotifications> logger)
{
    /// <summary>A slow notifier must not hold up leases and deadlines.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IReviewNotifier[] _notifiers = [.. notifiers];
    private readonly Dictionary<string, long> _deadLetters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _behind = new(StringComparer.Ordinal);

    private IReadOnlyList<QueueMeasure> _measures = [];

    public bool IsSilent => _notifiers.Length == 0 && !channels.Any();

    /// <summary>Tells of the overdue and expired reviews that a sweep found.</summary>
    public async Task TellAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var group in entries.OfType<ReviewOverdue>().GroupBy(entry => (entry.Workflow, Told: entry.Told ?? OwnerOf(entry.Workflow))))
        {
            var count = group.Count();
            logger.ReviewsOverdue(group.Key.Workflow, count, group.Key.Told);
            await SendAsync(Message(NotificationKind.ReviewsOverdue, group.Key.Told, group.Key.Workflow, count), cancellationToken).ConfigureAwait(false);
        }

        foreach (var group in entries.OfType<ReviewExpired>().GroupBy(entry => entry.Workflow))
        {
            var count = group.Count();
            logger.ReviewsExpired(group.Key, count);
            await SendAsync(Message(NotificationKind.ReviewsExpired, OwnerOf(group.Key), group.Key, count), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the owner when there are more dead letters than before.</summary>
    public async Task DeadLettersAsync(IReadOnlyList<QueueMeasure> measures, CancellationToken cancellationToken)
    {
        _measures = measures;
        foreach (var measure in measures)
        {
            var known = _deadLetters.GetValueOrDefault(measure.Workflow);
            _deadLetters[measure.Workflow] = measure.DeadLetters;
            if (measure.DeadLetters > known && catalog.Find(measure.Workflow) is { } workflow)
            {
                await SendAsync(Message(NotificationKind.DeadLetters, workflow.Options.Owner, workflow.Name, (int)Math.Min(measure.DeadLetters, int.MaxValue)), cancellationToken).ConfigureAwait(false);
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
                var message = Message(NotificationKind.PeopleBehind, workflow.Options.Owner, workflow.Name, (int)Math.Min(measure.AwaitingVerdict, int.MaxValue)) with { Waiting = measure.AwaitingVerdict, Oldest = measure.OldestReady };
                await SendAsync(message, cancellationToken).ConfigureAwait(false);
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

        if (kind is { } known)
        {
            await SendAsync(Message(known, owner, workflow) with { Segment = changed.Segment, Model = changed.Model }, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the owner, once, that a target is reached or a guard missed. To be called with what a scorecard says, as often as one likes and in any
    /// process.</summary>
    /// <param name="name">The workflow's name.</param>
    /// <param name="targetReached">Whether the metric has reached its target; null where that cannot be said, which changes nothing.</param>
    /// <param name="guardMissed">Whether the guard is missed; null where that cannot be said or there is none.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task ScorecardAsync(string name, bool? targetReached, bool? guardMissed, CancellationToken cancellationToken)
    {
        var workflow = catalog.Get(name);
        var owner = workflow.Options.Owner;
        foreach (var entry in await told.RecordAsync(name, targetReached, guardMissed, workflow.Options.Metric, cancellationToken).ConfigureAwait(false))
        {
            if (entry is TargetReached reached)
            {
                logger.TargetReached(name, reached.Metric, owner);
                await SendAsync(Message(NotificationKind.TargetReached, owner, name) with { Metric = reached.Metric }, cancellationToken).ConfigureAwait(false);
            }
            else if (entry is GuardMissed missed)
            {
                logger.GuardMissed(name, missed.Guard, owner);
                await SendAsync(Message(NotificationKind.GuardMissed, owner, name) with { Metric = missed.Guard }, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private string OwnerOf(string workflow) => catalog.Find(workflow)?.Options.Owner ?? "";

    private ReviewNotification Message(NotificationKind kind, string recipient, string workflow, int count = 1)
    {
        var measure = kind is NotificationKind.ReviewsOverdue or NotificationKind.ReviewsExpired ? _measures.FirstOrDefault(one => one.Workflow == workflow) : null;
        return new(kind, workflow, recipient, count, time.GetUtcNow()) { Waiting = measure?.AwaitingVerdict, Oldest = measure?.OldestReady };
    }

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
