using System.Text.Json.Serialization;

namespace HumanLoop.Cli.Backtest;

/// <summary>How one policy did. Rates are fractions of all decisions, counts are means over the runs.</summary>
internal sealed record PolicyResult
{
    public required string Policy { get; init; }

    public required int Runs { get; init; }

    public required double StraightThroughRate { get; init; }

    public required double ReviewRate { get; init; }

    public required double AuditRate { get; init; }

    public required double StraightThroughErrors { get; init; }

    /// <summary>Of the decisions that went straight through; null where none did.</summary>
    public required double? StraightThroughErrorRate { get; init; }

    public required double? EverAboveTarget { get; init; }

    public required Quantiles FirstLoosening { get; init; }

    public required double? FinalThreshold { get; init; }

    public required double FinalCoverage { get; init; }

    public required double? FinalCoverageOfOracle { get; init; }

    public required IReadOnlyList<Checkpoint> Checkpoints { get; init; }

    public required IReadOnlyList<ChangeRecord> Changes { get; init; }

    /// <summary>The first run's, for people to read.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> WhyClosed { get; init; } = [];
}

/// <summary>The 10th, 50th and 90th percentile; null where it never happened.</summary>
internal sealed record Quantiles(int? P10, int? P50, int? P90);
