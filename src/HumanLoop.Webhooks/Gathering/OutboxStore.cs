using System.Text.Json;
using HumanLoop.Journaling;

namespace HumanLoop.Webhooks;

/// <summary>Reads and writes outboxes.</summary>
internal sealed class OutboxStore(IWorkflowState state)
{
    /// <summary>An outbox and its version; nothing and 0 before the webhook was first started.</summary>
    /// <exception cref="StoreMismatchException">It was written by a newer version of the library.</exception>
    public async Task<(OutboxDocument? Document, long Version)> ReadAsync(string webhook, CancellationToken cancellationToken)
    {
        if (await state.ReadAsync("", OutboxDocument.NameOf(webhook), cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            return (null, 0);
        }

        try
        {
            return JsonSerializer.Deserialize(stored.Value, WebhooksJsonContext.Default.OutboxDocument) is { Version: 1 } document
                ? (document, stored.Version)
                : throw new StoreMismatchException($"The outbox of webhook '{webhook}' was written by a newer version of the library. Upgrade.");
        }
        catch (JsonException unreadable)
        {
            throw new StoreMismatchException($"The outbox of webhook '{webhook}' cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Writes an outbox, unless it was written since it was read.</summary>
    public async Task<bool> WriteAsync(string webhook, OutboxDocument document, long version) =>
        await state.WriteAsync([Write(webhook, document, version)], []).ConfigureAwait(false);

    /// <summary>What a commit writes of an outbox.</summary>
    public static StateWrite Write(string webhook, OutboxDocument document, long version) =>
        new("", OutboxDocument.NameOf(webhook), JsonSerializer.Serialize(document, WebhooksJsonContext.Default.OutboxDocument), version);
}
