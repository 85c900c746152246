namespace HumanLoop.Cli.Backtest;

/// <summary>All that a report is written from.</summary>
internal sealed record Report(BacktestResult Result, Population[] Populations, Effort Effort);
