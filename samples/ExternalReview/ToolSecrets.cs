namespace ExternalReview;

/// <summary>What the two sides share: one secret for each direction.</summary>
internal sealed record ToolSecrets(string OfHumanLoop, string OfTool);
