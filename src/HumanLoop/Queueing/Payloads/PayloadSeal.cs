using HumanLoop.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Queueing;

/// <summary>Protects payloads on their way to a store and unprotects them on their way back. To a store a protected payload is a payload as any other: JSON
/// where it keeps JSON, text where it keeps text.</summary>
/// <remarks>Safe for concurrent use if the protector is.</remarks>
internal sealed class PayloadSeal(IPayloadProtector? protector, ILogger<PayloadSeal> logger)
{
    private const string Mark = "humanloop-sealed-1:";

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsNone => protector is null;

    /// <summary>A payload as a store may see it.</summary>
    public WorkPayload Protect(WorkPayload payload)
    {
        if (protector is null)
        {
            return payload;
        }

        // What is written once is closed as one; what comes later comes with its transition.
        var details = WorkItemJson.WriteDetails(new() { Proposal = default, Fields = payload.Fields, Briefing = payload.Briefing, Link = payload.Link });
        return payload with { Proposal = Protect(payload.Proposal), Fields = null, Briefing = details is null ? null : Text(details), Link = null };
    }

    /// <summary>A transition as a store may see it.</summary>
    public Transition Protect(Transition transition) => protector is null ? transition : transition.Sealed(this);

    /// <summary>JSON, closed as a JSON string.</summary>
    public ReadOnlyMemory<byte> Protect(ReadOnlyMemory<byte> json) => json.IsEmpty ? json : Encoding.UTF8.GetBytes($"\"{Text(json.Span)}\"");

    /// <summary>Text, closed.</summary>
    public string? Protect(string? text) => text is null ? null : Text(Encoding.UTF8.GetBytes(text));

    /// <summary>An item as the core knows it. One that cannot be read has no payload, so that it stops nothing but itself.</summary>
    public WorkItem Unprotect(WorkItem item)
    {
        if (protector is null || item.Payload is not { } payload)
        {
            return item;
        }

        try
        {
            return item with { Payload = Unprotect(payload) };
        }
        catch (Exception unreadable)
        {
            logger.PayloadUnreadable(item.Workflow, item.DecisionId, unreadable.GetType().Name);
            return item with { Payload = null };
        }
    }

    private WorkPayload Unprotect(WorkPayload payload)
    {
        var open = payload with
        {
            Proposal = Unprotect(payload.Proposal),
            Correction = Unprotect(payload.Correction),
            Comment = Unprotect(payload.Comment),
            LastError = Unprotect(payload.LastError),
            Votes = [.. payload.Votes.Select(vote => vote with { Correction = Unprotect(vote.Correction), Comment = Unprotect(vote.Comment) })],
            Notes = [.. payload.Notes.Select(note => note with { Text = Unprotect(note.Text)! })],
        };
        if (Sealed(payload.Briefing) is not { } details)
        {
            return open;
        }

        var rest = WorkItemJson.ReadPayload(default, default, details);
        return open with { Fields = rest.Fields, Briefing = rest.Briefing, Link = rest.Link };
    }

    private ReadOnlyMemory<byte> Unprotect(ReadOnlyMemory<byte> json) =>
        json.Span.StartsWith("\"humanloop-sealed-1:"u8) ? Sealed(Encoding.UTF8.GetString(json.Span[1..^1])) : json;

    private string? Unprotect(string? text) => Sealed(text) is { } bytes ? Encoding.UTF8.GetString(bytes) : text;

    private JsonElement? Unprotect(JsonElement? json)
    {
        if (json is not { ValueKind: JsonValueKind.String } text || Sealed(text.GetString()) is not { } bytes)
        {
            return json;
        }

        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }

    private string Text(ReadOnlySpan<byte> plain) => Mark + Convert.ToBase64String(protector!.Protect(plain));

    /// <summary>What a closed text holds; null for one that was stored open.</summary>
    private byte[]? Sealed(string? text) =>
        text?.StartsWith(Mark, StringComparison.Ordinal) == true ? protector!.Unprotect(Convert.FromBase64String(text[Mark.Length..])) : null;
}
