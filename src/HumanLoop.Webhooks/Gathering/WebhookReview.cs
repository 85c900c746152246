namespace HumanLoop.Webhooks;

/// <summary>A review that a message names.</summary>
/// <param name="Id">The decision.</param>
/// <param name="Ended">How it ended; <see langword="null"/> where it waits.</param>
internal sealed record WebhookReview(string Id, string? Ended = null);
