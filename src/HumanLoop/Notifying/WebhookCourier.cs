using HumanLoop.Diagnostics;
using HumanLoop.Observing;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Notifying;

/// <summary>Serves one webhook: reads the journal, keeps the outbox, sends what is due. In one process at a time.</summary>
internal sealed class WebhookCourier(
    string name,
    WebhookSettings settings,
    WebhookParts parts,
    StoreLease lease,
    OutboxStore store,
    TimeProvider time,
    ILogger<WebhookCourier> logger) : IDisposable
{
    private const int PageSize = 500;
    private const int AtOnce = 4;

    /// <summary>Ids alone keep a message below 20 KB; with what they say there is room for few.</summary>
    private const int MostReviews = 50;
    private const int MostReviewsWithPayload = 5;

    /// <summary>After so many failed deliveries in a row somebody should look.</summary>
    private const int Dead = 5;

    /// <summary>How much of the journal may have to be read again after a crash.</summary>
    private static readonly TimeSpan CheckpointAfter = TimeSpan.FromSeconds(5);

    private readonly WebhookSender _sender = new(() => settings.Current, time, answer => parts.Telemetry.Attempted(name, answer));
    private Outbox? _outbox;
    private long _committedAt;

    public string Name => name;

    public WebhookSettings Settings => settings;

    /// <summary>Makes the outbox, unless there is one: what happens from now on is told.</summary>
    public async Task BeginAsync()
    {
        if (await store.ReadAsync(name, CancellationToken.None).ConfigureAwait(false) is (null, _))
        {
            // Where another process does the same at the same time, one of them makes it.
            await store.WriteAsync(name, new() { Since = time.GetUtcNow() }, 0).ConfigureAwait(false);
        }
    }

    /// <summary>One round: take in, close, send.</summary>
    /// <returns>Whether there is more to do at once.</returns>
    public async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await lease.HoldAsync("", cancellationToken).ConfigureAwait(false))
            {
                _outbox = null;
                parts.Telemetry.Forget(name);
                return false;
            }

            var options = settings.Current;
            var outbox = _outbox ??= await LoadAsync(cancellationToken).ConfigureAwait(false);
            if (outbox.Document.DisabledUrl is { } gone)
            {
                if (gone == WebhookStatus.Fingerprint(options.Url))
                {
                    // An owner who enables it writes to the store, so that is where to look.
                    _outbox = null;
                    return false;
                }

                outbox.Enable(time.GetUtcNow());
            }

            var more = await TakeInAsync(outbox, options, cancellationToken).ConfigureAwait(false);
            var closed = await CloseAsync(outbox, options, cancellationToken).ConfigureAwait(false);
            if (closed || (outbox.IsDirty && time.GetElapsedTime(_committedAt) >= CheckpointAfter))
            {
                await CommitAsync(outbox).ConfigureAwait(false);
            }

            return await SendAsync(outbox, options, cancellationToken).ConfigureAwait(false) || more;
        }
        catch (LeaseLostException)
        {
            lease.Lost("");
            _outbox = null;
            return false;
        }
        catch
        {
            // Whatever is in memory may differ from the store: it is read again.
            _outbox = null;
            throw;
        }
    }

    /// <summary>Keeps what was taken in and hands over to whoever is next.</summary>
    public async Task StopAsync()
    {
        if (_outbox is { IsDirty: true } outbox)
        {
            await store.WriteAsync(name, outbox.Document, outbox.Version).ConfigureAwait(false);
        }

        _outbox = null;
        await lease.ReleaseAsync("").ConfigureAwait(false);
    }

    public void Dispose()
    {
        _sender.Dispose();
        settings.Dispose();
    }

    private async Task<Outbox> LoadAsync(CancellationToken cancellationToken)
    {
        var (document, version) = await store.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        return document is not null ? new(document, version) : throw new LeaseLostException();
    }

    private async Task<bool> TakeInAsync(Outbox outbox, WebhookOptions options, CancellationToken cancellationToken)
    {
        if (outbox.IsFull)
        {
            return false;
        }

        var page = await parts.Journal.ReadAsync(outbox.Document.Position, PageSize, cancellationToken).ConfigureAwait(false);
        if (page.Count == 0)
        {
            return false;
        }

        var now = time.GetUtcNow();
        IEnumerable<string> events = options.Events.Count > 0 ? options.Events : WebhookEvents.ForOwners;
        var mostReviews = options.IncludePayload ? MostReviewsWithPayload : MostReviews;
        foreach (var entry in page.Select(record => record.Entry))
        {
            if (entry.At >= outbox.Document.Since && now - entry.At < WebhookSchedule.Horizon && (options.Workflows.Count == 0 || options.Workflows.Contains(entry.Workflow)))
            {
                foreach (var message in parts.Events.Of(entry).Where(message => events.Contains(message.Type)))
                {
                    outbox.Gather(message, options.Digest, mostReviews, now);
                }
            }
        }

        outbox.Pass(page[^1].Position);
        return page.Count == PageSize;
    }

    /// <summary>Closes what has gathered for long enough. From then on a message is what it is, under one id.</summary>
    private async Task<bool> CloseAsync(Outbox outbox, WebhookOptions options, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var toClose = outbox.ToClose(now, QuietHours.Includes(options.Quiet, now));
        if (toClose.Count == 0)
        {
            return false;
        }

        var measures = await parts.Queue.MeasureAsync(cancellationToken).ConfigureAwait(false);
        foreach (var message in toClose)
        {
            var (still, later) = await StillAsync(message, cancellationToken).ConfigureAwait(false);
            var closed = message with
            {
                Id = $"msg_{Guid.CreateVersion7(now):N}",
                ClosedAt = now,
                Next = now,
                Reviews = still,
                Count = still?.Count ?? message.Count,
            };
            if (message.Type is WebhookEvents.ReviewOverdue or WebhookEvents.ReviewExpired or WebhookEvents.ReviewRequested)
            {
                var measure = measures.FirstOrDefault(one => one.Workflow == message.Workflow);
                closed = closed with { Waiting = measure?.AwaitingVerdict ?? 0, Oldest = measure?.OldestReady };
            }

            IReadOnlyList<WebhookMessage> becomes = still is { Count: 0 } ? [] : [closed];
            outbox.Replace(message, later is { Count: > 0 } ? [.. becomes, message with { Reviews = later, Count = later.Count, Next = now + options.Digest }] : becomes);
        }

        return true;
    }

    /// <summary>The reviews that a message names for which it still holds, and those for which it does not hold yet: a check cannot be answered before its act took place.</summary>
    private async Task<(IReadOnlyList<WebhookReview>? Still, IReadOnlyList<WebhookReview>? Later)> StillAsync(WebhookMessage message, CancellationToken cancellationToken)
    {
        if (message.Reviews is not { } reviews)
        {
            return (null, null);
        }

        List<WebhookReview> still = [], later = [];
        foreach (var review in reviews.Distinct())
        {
            var item = await parts.Queue.GetAsync(message.Workflow, review.Id, cancellationToken).ConfigureAwait(false);
            if (message.Type == WebhookEvents.ReviewDecided ? item is null or { Routed.IsDrawn: true } : item is { AwaitsVerdict: true })
            {
                still.Add(review);
            }
            else if (message.Type == WebhookEvents.ReviewRequested && item is { HasActed: false, Routed.Route.ActsAtOnce: true, State: ReviewState.Acting or ReviewState.ActDue })
            {
                later.Add(review);
            }
        }

        return (still, later);
    }

    private async Task<bool> SendAsync(Outbox outbox, WebhookOptions options, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = outbox.Due(now, QuietHours.Includes(options.Quiet, now), AtOnce);
        if (due.Count > 0)
        {
            var answers = await DeliverAsync(due, options, cancellationToken).ConfigureAwait(false);
            foreach (var (message, answer) in due.Zip(answers))
            {
                Apply(outbox, message, answer, options);
            }

            await CommitAsync(outbox).ConfigureAwait(false);
        }

        parts.Telemetry.Undelivered(name, outbox.Document.Messages.Count(message => message.IsClosed));
        return due.Count == AtOnce && outbox.Document is { DisabledAt: null, Failures: 0 };
    }

    private void Apply(Outbox outbox, WebhookMessage message, WebhookAnswer answer, WebhookOptions options)
    {
        var now = time.GetUtcNow();
        var failingSince = outbox.Document.FailingSince;
        if (answer.IsDelivered)
        {
            outbox.Delivered(message, now);
            if (failingSince is { } since)
            {
                logger.WebhookRecovered(name, now - since);
            }

            return;
        }

        if (answer.IsGone)
        {
            if (outbox.Document.DisabledAt is null)
            {
                outbox.Disable(WebhookStatus.Fingerprint(options.Url), now);
                logger.WebhookDisabled(name);
            }

            return;
        }

        if (outbox.Failed(message, answer, now))
        {
            logger.WebhookGaveUp(name, message.Type, message.Workflow, answer.Failure!);
        }
        else if (failingSince is null)
        {
            logger.WebhookFailed(name, answer.Failure!);
        }

        if (outbox.Document.Failures == Dead)
        {
            logger.WebhookDead(name, outbox.Document.FailingSince!.Value, answer.Failure!);
        }
    }

    /// <summary>Sends, and keeps the lease meanwhile: a slow receiver must not make another process send the same.</summary>
    private async Task<IReadOnlyList<WebhookAnswer>> DeliverAsync(IReadOnlyList<WebhookMessage> due, WebhookOptions options, CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = Task.WhenAll(due.Select(async message =>
            await _sender.DeliverAsync(message.Id!, await parts.Body.WriteAsync(message, options, lost.Token).ConfigureAwait(false), lost.Token).ConfigureAwait(false)));
        while (!sending.IsCompleted)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(sending, Task.Delay(StoreLease.RenewAfter, time, waiting.Token)).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
            if (!sending.IsCompleted && !await KeepAsync(cancellationToken).ConfigureAwait(false))
            {
                await lost.CancelAsync().ConfigureAwait(false);
                await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new LeaseLostException();
            }
        }

        return await sending.ConfigureAwait(false);
    }

    private async Task<bool> KeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await lease.HoldAsync("", cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // Nobody else gets it from a store that does not answer.
            return true;
        }
    }

    private async Task CommitAsync(Outbox outbox)
    {
        if (!await store.WriteAsync(name, outbox.Document, outbox.Version).ConfigureAwait(false))
        {
            throw new LeaseLostException();
        }

        outbox.Committed();
        _committedAt = time.GetTimestamp();
    }

    /// <summary>Somebody else has written the outbox or removed it, or holds the lease: what is here is not the truth any more.</summary>
    private sealed class LeaseLostException : Exception;
}
