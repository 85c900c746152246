namespace HumanLoop.Cli.Backtest;

/// <summary>How things stood after so many decisions.</summary>
internal sealed record Checkpoint
{
    public required int Decisions { get; init; }

    public required double Coverage { get; init; }

    public required double? CoverageOfOracle { get; init; }

    public required double Reviews { get; init; }

    public required double ErrorsLetThrough { get; init; }
}
