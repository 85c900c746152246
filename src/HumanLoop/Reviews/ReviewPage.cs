namespace HumanLoop;

/// <summary>A page of reviews.</summary>
/// <param name="Reviews">The reviews, most urgent first.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> when this is the last.</param>
public sealed record ReviewPage(IReadOnlyList<Review> Reviews, string? Next);
