namespace HumanLoop.AspNetCore.Api;

/// <summary>A page of reviews, most urgent first, and the cursor of the next.</summary>
internal sealed record ReviewPageJson(IReadOnlyList<ReviewJson> Reviews, string? Next);
