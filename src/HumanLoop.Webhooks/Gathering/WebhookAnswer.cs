namespace HumanLoop.Webhooks;

/// <summary>How a receiver answered one attempt.</summary>
/// <param name="Failure">The status or the kind of error; null for success.</param>
/// <param name="IsGone">Whether it wants no more messages.</param>
/// <param name="RetryAfter">How long it asked to be left alone; null where it did not.</param>
internal readonly record struct WebhookAnswer(string? Failure, bool IsGone = false, TimeSpan? RetryAfter = null)
{
    public bool IsDelivered => Failure is null;
}
