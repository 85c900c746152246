namespace HumanLoop.Webhooks;

/// <summary>The stored shape of one webhook's outbox: how far it has read the journal, what it has still to send, and how its receiver answers.</summary>
internal sealed record OutboxDocument
{
    /// <summary>The version of its shape.</summary>
    public int Version { get; init; } = 1;

    /// <summary>When the webhook was first started: what happened before is not told.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Every record of the journal up to here has been taken in.</summary>
    public long Position { get; init; }

    public IReadOnlyList<WebhookMessage> Messages { get; init; } = [];

    /// <summary>Nothing is sent before, because the receiver asked for it; null for at once.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When the first delivery failed since one succeeded; null when none has.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>How many deliveries have failed since one succeeded.</summary>
    public int Failures { get; init; }

    /// <summary>What was the matter with the last failed one: a status, or the kind of error.</summary>
    public string? LastFailure { get; init; }

    /// <summary>How many messages were given up since one was delivered.</summary>
    public int GivenUp { get; init; }

    /// <summary>When the receiver said that it is gone; null while it is not.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>A fingerprint of the address that said so: another address is another receiver.</summary>
    public string? DisabledUrl { get; init; }

    /// <summary>The document's name in the store.</summary>
    public static string NameOf(string webhook) => $"webhook/{webhook}";
}
