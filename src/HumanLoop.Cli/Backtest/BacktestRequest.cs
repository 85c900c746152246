namespace HumanLoop.Cli.Backtest;

/// <summary>What to replay, how often and against what.</summary>
internal sealed record BacktestRequest
{
    internal required ThresholdGoal Goal { get; init; }

    internal required IReadOnlyList<PolicyChoice> Policies { get; init; }

    /// <summary>The length of streams drawn with replacement; <see langword="null"/> replays the file as it is.</summary>
    internal int? Resample { get; init; }

    internal int Runs { get; init; } = 1;

    internal long Seed { get; init; } = 1;

    /// <summary>Verdicts arrive this many decisions later.</summary>
    internal int ReviewDelay { get; init; }

    internal bool PerSegment { get; init; }
}
