using HumanLoop.Diagnostics;
using HumanLoop.Hosting;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Notifying;

/// <summary>Makes digests of what waits for people and hands them to the notifiers; the log gets them in any case.</summary>
/// <remarks>Webhooks hang on the journal instead: what was committed is told there even if this process dies before it gets to its notifiers.</remarks>
internal sealed class NotificationDesk(IEnumerable<IReviewNotifier> notifiers, IEnumerable<WebhookCourier> webhooks, WorkflowCatalog catalog, ToldStore told, TimeProvider time, ILogger<NotificationDesk> logger)
{
    /// <summary>Whoever tells people must not hold up leases and deadlines.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IReviewNotifier[] _notifiers = [.. notifiers];
    private readonly Dictionary<string, long> _deadLetters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _behind = new(StringComparer.Ordinal);

    private IReadOnlyList<QueueMeasure> _measures = [];

    public bool IsSilent => _notifiers.Length == 0 && !webhooks.Any();

    /// <summary>Tells of the overdue and expired reviews that a sweep found.</summary>
    public async Task TellAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var group in entries.OfType<ReviewOverdue>().GroupBy(entry => (entry.Workflow, Told: entry.Told ?? OwnerOf(entry.Workflow))))
        {
            var count = group.Count();
            logger.ReviewsOverdue(group.Key.Workflow, count, group.Key.Told);
            await SendAsync(NotificationKind.ReviewsOverdue, Message(WebhookEvents.ReviewOverdue, group.Key.Workflow, count), group.Key.Told, cancellationToken).ConfigureAwait(false);
        }

        foreach (var group in entries.OfType<ReviewExpired>().GroupBy(entry => entry.Workflow))
        {
            var count = group.Count();
            logger.ReviewsExpired(group.Key, count);
            await SendAsync(NotificationKind.ReviewsExpired, Message(WebhookEvents.ReviewExpired, group.Key, count), OwnerOf(group.Key), cancellationToken).ConfigureAwait(false);
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
                await SendAsync(NotificationKind.DeadLetters, Message(WebhookEvents.DeadLetter, workflow.Name, (int)Math.Min(measure.DeadLetters, int.MaxValue)), workflow.Options.Owner, cancellationToken).ConfigureAwait(false);
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
                var message = Message(NotificationText.PeopleBehind, workflow.Name, (int)Math.Min(measure.AwaitingVerdict, int.MaxValue)) with { Waiting = measure.AwaitingVerdict, Oldest = measure.OldestReady };
                await SendAsync(NotificationKind.PeopleBehind, message, workflow.Options.Owner, cancellationToken).ConfigureAwait(false);
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
            var message = Message(kind == NotificationKind.ThresholdAlarm ? WebhookEvents.ThresholdAlarm : WebhookEvents.LooseningProposed, workflow) with { Segment = changed.Segment, Model = changed.Model };
            await SendAsync(known, message, owner, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the owner, once, that a target is reached or a guard missed. To be called with what a scorecard says, as often as one likes and in any process.</summary>
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
                await SendAsync(NotificationKind.TargetReached, Message(WebhookEvents.TargetReached, name) with { Metric = reached.Metric }, owner, cancellationToken).ConfigureAwait(false);
            }
            else if (entry is GuardMissed missed)
            {
                logger.GuardMissed(name, missed.Guard, owner);
                await SendAsync(NotificationKind.GuardMissed, Message(WebhookEvents.GuardMissed, name) with { Metric = missed.Guard }, owner, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private string OwnerOf(string workflow) => catalog.Find(workflow)?.Options.Owner ?? "";

    /// <summary>What the text of a notification is made from.</summary>
    private WebhookMessage Message(string type, string workflow, int count = 1)
    {
        var measure = type is WebhookEvents.ReviewOverdue or WebhookEvents.ReviewExpired ? _measures.FirstOrDefault(one => one.Workflow == workflow) : null;
        var now = time.GetUtcNow();
        return new() { Type = type, Workflow = workflow, Count = count, At = now, Next = now, Waiting = measure?.AwaitingVerdict, Oldest = measure?.OldestReady };
    }

    private async Task SendAsync(NotificationKind kind, WebhookMessage message, string recipient, CancellationToken cancellationToken)
    {
        var notification = new ReviewNotification(kind, message.Workflow, recipient, message.Count, message.At) { Text = NotificationText.Of(message, message.At) };
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
