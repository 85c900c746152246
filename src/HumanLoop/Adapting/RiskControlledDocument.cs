namespace HumanLoop.Adapting;

/// <summary>The stored form of a <see cref="RiskControlledState"/>; only what cannot be derived.</summary>
internal sealed record RiskControlledDocument
{
    /// <summary>The version of this shape.</summary>
    internal const int CurrentVersion = 1;

    public string Policy { get; init; } = "risk-controlled";

    public required int Version { get; init; }

    public required ThresholdGoal Goal { get; init; }

    public required int Epoch { get; init; }

    public required long Decisions { get; init; }

    public required long LatestDecision { get; init; }

    public required long LatestCounted { get; init; }

    public required long FixedAt { get; init; }

    /// <summary>Sequence, confidence and answer of the first decisions, while the grid is not fixed.</summary>
    public IReadOnlyList<GridSample.Item>? Sample { get; init; }

    public double[]? Grid { get; init; }

    public int[]? Starts { get; init; }

    public long[]? Seen { get; init; }

    public long[]? Overdue { get; init; }

    /// <summary>For each bin right and wrong by rung, as in memory, without the zeros at the end.</summary>
    public long[][]? Counts { get; init; }

    public int[]? Heads { get; init; }

    /// <summary>The certified nodes.</summary>
    public int[]? Certified { get; init; }

    public required int Node { get; init; }

    public required int ProposedNode { get; init; }

    public required int RejectedNode { get; init; }

    public required bool Withheld { get; init; }

    public required Threshold Declared { get; init; }

    /// <summary>A forced threshold in a list of one, as the strictest threshold is written as null.</summary>
    public IReadOnlyList<Threshold> Forced { get; init; } = [];

    public required bool MayVoid { get; init; }

    public required int Rungs { get; init; }

    /// <summary>The rung of the scheduled audit probability.</summary>
    public required int Scheduled { get; init; }

    public required double Overspent { get; init; }

    public required int AuditAll { get; init; }

    public required double[] Harm { get; init; }

    public required double Canary { get; init; }

    public IReadOnlyList<BetPrior.Row> Prior { get; init; } = [];
}
