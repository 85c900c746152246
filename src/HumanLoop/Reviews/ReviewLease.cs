namespace HumanLoop;

/// <summary>A reviewer's hold on a review: no other reviewer is offered it meanwhile.</summary>
/// <param name="Holder">Who holds it.</param>
/// <param name="Until">Until when, unless extended.</param>
public sealed record ReviewLease(string Holder, DateTimeOffset Until);
