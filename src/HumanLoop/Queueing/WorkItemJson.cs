using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>The stored JSON of items' facts and of payloads' smaller parts. Its shapes are versioned and stay readable.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class WorkItemJson
{
    private static readonly JsonTypeInfo<WorkItem> ItemInfo = StoredJson.TypeInfo<WorkItem>(QueueingJsonContext.Default);

    /// <summary>Writes an item's facts, without its payload and sequence.</summary>
    /// <param name="item">The item.</param>
    /// <returns>JSON, UTF-8.</returns>
    public static byte[] Write(WorkItem item) => JsonSerializer.SerializeToUtf8Bytes(item, ItemInfo);

    /// <summary>Reads an item's facts.</summary>
    /// <param name="json">JSON, UTF-8.</param>
    /// <returns>The item, without payload and sequence.</returns>
    /// <exception cref="JsonException">The text is no item.</exception>
    public static WorkItem ReadItem(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ItemInfo) ?? throw new JsonException("An item is an object.");

    /// <summary>Writes a payload but for its proposal and correction, which are JSON already; <see langword="null"/> when nothing is left to write.</summary>
    /// <param name="payload">The payload.</param>
    /// <returns>JSON, UTF-8.</returns>
    public static byte[]? WriteDetails(WorkPayload payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return payload is { Fields: null, Briefing: null, Link: null, Subject: null, Comment: null, LastError: null, Votes.Count: 0, Notes.Count: 0 }
            ? null
            : JsonSerializer.SerializeToUtf8Bytes(
                new PayloadDetails(
                    payload.Fields,
                    payload.Briefing,
                    payload.Link,
                    payload.Subject,
                    payload.Comment,
                    payload.LastError,
                    payload.Votes.Count == 0 ? null : payload.Votes,
                    payload.Notes.Count == 0 ? null : payload.Notes),
                QueueingJsonContext.Default.PayloadDetails);
    }

    /// <summary>Reads a payload back.</summary>
    /// <param name="proposal">The proposal, JSON.</param>
    /// <param name="correction">The correction, JSON; empty for none.</param>
    /// <param name="details">What <see cref="WriteDetails"/> wrote; empty for none.</param>
    /// <returns>The payload.</returns>
    /// <exception cref="JsonException">The details are not what was written.</exception>
    public static WorkPayload ReadPayload(ReadOnlyMemory<byte> proposal, ReadOnlyMemory<byte> correction, ReadOnlySpan<byte> details)
    {
        var rest = details.IsEmpty ? null : JsonSerializer.Deserialize(details, QueueingJsonContext.Default.PayloadDetails);
        return new()
        {
            Proposal = proposal,
            Correction = correction.IsEmpty ? default : correction, // nothing is nothing, wherever it was read from: stores write what has changed
            Fields = rest?.Fields,
            Briefing = rest?.Briefing,
            Link = rest?.Link,
            Subject = rest?.Subject,
            Comment = rest?.Comment,
            LastError = rest?.LastError,
            Votes = rest?.Votes ?? [],
            Notes = rest?.Notes ?? [],
        };
    }
}
