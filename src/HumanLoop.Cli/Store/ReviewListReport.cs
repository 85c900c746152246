namespace HumanLoop.Cli.Store;

/// <summary>A list of reviews, most urgent first.</summary>
/// <param name="Reviews">The reviews.</param>
/// <param name="More">Whether there are more than were asked for.</param>
internal sealed record ReviewListReport(IReadOnlyList<ReviewReport> Reviews, bool More);
