using System.Text.Json.Serialization;

namespace HumanLoop.Webhooks;

/// <summary>One message of an outbox. It gathers until it is closed; from then on what it says and its id stay the same, however often it is sent.</summary>
/// <remarks>No payload is in it: what a review says is read when the message is sent, so that what was erased meanwhile is not sent.</remarks>
internal sealed record WebhookMessage
{
    /// <summary>The idempotency key; null while it gathers.</summary>
    public string? Id { get; init; }

    public required string Type { get; init; }

    public required string Workflow { get; init; }

    /// <summary>Whom it is for; null for nobody in particular.</summary>
    public string? Recipient { get; init; }

    /// <summary>When the first of what it tells happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Not sent before.</summary>
    public required DateTimeOffset Next { get; init; }

    /// <summary>How many it is about.</summary>
    public int Count { get; init; } = 1;

    /// <summary>How many deliveries have failed.</summary>
    public int Failures { get; init; }

    public IReadOnlyList<WebhookReview>? Reviews { get; init; }

    /// <summary>Since when nothing is added; null while it gathers.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How many reviews waited when it was closed.</summary>
    public long? Waiting { get; init; }

    /// <summary>Since when the oldest of them had waited.</summary>
    public DateTimeOffset? Oldest { get; init; }

    public string? Segment { get; init; }

    public string? Model { get; init; }

    /// <summary>The change of a threshold that it is about.</summary>
    public string? ChangeId { get; init; }

    public double? From { get; init; }

    public double? To { get; init; }

    /// <summary>The metric or guard that it is about.</summary>
    public string? Metric { get; init; }

    [JsonIgnore]
    public bool IsClosed => Id is not null;

    /// <summary>Whether what another tells can be told by this one.</summary>
    public bool Takes(WebhookMessage other, int mostReviews) =>
        !IsClosed && WebhookEvents.IsDigest(Type) && Type == other.Type && Workflow == other.Workflow && Recipient == other.Recipient && (Reviews?.Count ?? 0) < mostReviews;
}
