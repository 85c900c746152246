namespace HumanLoop.Webhooks;

internal sealed partial class WebhookCourier
{
    private const int PageSize = 500;

    /// <summary>Ids alone keep a message below 20 KB; with what they say there is room for few.</summary>
    private const int MostReviews = 50;
    private const int MostReviewsWithPayload = 5;

    private async Task<bool> TakeInAsync(Outbox outbox, WebhookOptions options, CancellationToken cancellationToken)
    {
        if (outbox.IsFull)
        {
            return false;
        }

        var page = await journal.ReadAsync(outbox.Document.Position, PageSize, cancellationToken).ConfigureAwait(false);
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

    /// <summary>The reviews that a message names for which it still holds, and those for which it does not hold yet: a check cannot be answered before its act
    /// took place.</summary>
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
            else if (message.Type == WebhookEvents.ReviewRequested && item is { HasActed: false, Routed.Route.ActsAtOnce: true, State: DecisionState.Acting or DecisionState.ActDue })
            {
                later.Add(review);
            }
        }

        return (still, later);
    }
}
