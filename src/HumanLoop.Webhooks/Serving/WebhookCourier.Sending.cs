using HumanLoop.Running;

namespace HumanLoop.Webhooks;

internal sealed partial class WebhookCourier
{
    private const int AtOnce = 4;

    /// <summary>After so many failed deliveries in a row the log says so loudly.</summary>
    private const int Dead = 5;

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
                outbox.Disable(WebhookChannel.Fingerprint(options.Url), now);
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
            await Task.WhenAny(sending, Task.Delay(JournalSubscription.RenewAfter, time, waiting.Token)).ConfigureAwait(false);
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
            return await journal.HoldAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // Nobody else gets it from a store that does not answer.
            return true;
        }
    }
}
