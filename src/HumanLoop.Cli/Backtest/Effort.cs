namespace HumanLoop.Cli.Backtest;

/// <summary>What turns decisions into days and reviews into hours.</summary>
/// <param name="PerDay">Decisions a day; null when not said.</param>
/// <param name="MinutesPerReview">Minutes that a review takes; null when not said.</param>
internal sealed record Effort(double? PerDay, double? MinutesPerReview);
