namespace ExternalReview;

/// <summary>What the AI proposes.</summary>
internal sealed record Refund(string Order, decimal Amount);
