namespace HumanLoop.Cli.Backtest;

/// <summary>A change of a threshold in the first run.</summary>
internal sealed record ChangeRecord
{
    public required int Decision { get; init; }

    public required string? Segment { get; init; }

    /// <summary>The threshold before; null reviews everything.</summary>
    public required double? From { get; init; }

    /// <summary>The threshold from now on.</summary>
    public required double? To { get; init; }

    public required string Reason { get; init; }

    public required long Reviewed { get; init; }

    public required long Errors { get; init; }
}
