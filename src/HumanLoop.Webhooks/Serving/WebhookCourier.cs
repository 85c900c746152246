using HumanLoop.Running;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Webhooks;

/// <summary>Serves one webhook: reads the journal, keeps the outbox, sends what is due. In one process at a time.</summary>
internal sealed partial class WebhookCourier(
    string name,
    WebhookSettings settings,
    WebhookParts parts,
    JournalSubscription journal,
    OutboxStore store,
    TimeProvider time,
    ILogger<WebhookCourier> logger) : IDisposable
{
    private readonly WebhookSender _sender = new(() => settings.Current, time, answer => parts.Telemetry.Attempted(name, answer));
    private Outbox? _outbox;

    public string Name => name;

    public WebhookSettings Settings => settings;

    /// <summary>Runs rounds until it is stopped.</summary>
    public Task RunAsync(CancellationToken stoppingToken) => journal.RunAsync(RoundAsync, stoppingToken);

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
            if (!await journal.HoldAsync(cancellationToken).ConfigureAwait(false))
            {
                _outbox = null;
                parts.Telemetry.Forget(name);
                return false;
            }

            var options = settings.Current;
            var outbox = _outbox ??= await LoadAsync(cancellationToken).ConfigureAwait(false);
            if (outbox.Document.DisabledUrl is { } gone)
            {
                if (gone == WebhookChannel.Fingerprint(options.Url))
                {
                    // An owner who enables it writes to the store, so that is where to look.
                    _outbox = null;
                    return false;
                }

                outbox.Enable(time.GetUtcNow());
            }

            var more = await TakeInAsync(outbox, options, cancellationToken).ConfigureAwait(false);
            var closed = await CloseAsync(outbox, options, cancellationToken).ConfigureAwait(false);
            if (closed || (outbox.IsDirty && journal.IsCheckpointDue))
            {
                await CommitAsync(outbox).ConfigureAwait(false);
            }

            return await SendAsync(outbox, options, cancellationToken).ConfigureAwait(false) || more;
        }
        catch (LeaseLostException)
        {
            _outbox = null;
            return false;
        }
        catch
        {
            // What is in memory may differ from the store: it is read again.
            _outbox = null;
            throw;
        }
    }

    /// <summary>Keeps what was taken in and hands over to the process that is next.</summary>
    public async Task StopAsync()
    {
        if (_outbox is { IsDirty: true } outbox)
        {
            await journal.CommitAsync([OutboxStore.Write(name, outbox.Document, outbox.Version)]).ConfigureAwait(false);
        }

        _outbox = null;
        await journal.ReleaseAsync().ConfigureAwait(false);
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

    private async Task CommitAsync(Outbox outbox)
    {
        if (!await journal.CommitAsync([OutboxStore.Write(name, outbox.Document, outbox.Version)]).ConfigureAwait(false))
        {
            throw new LeaseLostException();
        }

        outbox.Committed();
    }

    /// <summary>Another process has written the outbox or removed it, or holds the lease: what is here is not the truth any more.</summary>
    private sealed class LeaseLostException : Exception;
}
