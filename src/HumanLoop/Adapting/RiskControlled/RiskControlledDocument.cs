namespace HumanLoop.Adapting;

/// <summary>The stored form of a <see cref="RiskControlledState"/>; only what cannot be derived.</summary>
internal sealed record RiskControlledDocument
{
    /// <summary>The version of this shape.</summary>
    internal const int CurrentVersion = 1;

    internal const string Plain = "risk-controlled";
    internal const string WithCosts = "cost-optimal";

    public string Policy { get; init; } = Plain;

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

    public CostBalance? Costs { get; init; }

    /// <summary>Where the map drew the line, in a list of one; absent until it is fitted.</summary>
    public IReadOnlyList<Threshold>? Worthwhile { get; init; }

    /// <summary>Whether its parts are there and fit together, so that a damaged text is refused whole.</summary>
    internal bool IsWhole()
    {
        if (Goal is null)
        {
            return false;
        }

        Goal.Validate();
        var nodes = Grid?.Length ?? 0;
        bool IsNode(int node) => node >= -1 && node < nodes;
        return Policy == (Costs is null ? Plain : WithCosts)
            && Epoch > 0 && Rungs is > 0 and <= ReviewProbability.LastRung + 1 && Scheduled is >= 0 and <= ReviewProbability.LastRung
            && Harm is { Length: HarmDetector.Sizes } && Prior is not null && Forced is not null
            && IsNode(Node) && IsNode(ProposedNode) && IsNode(RejectedNode)
            && (Grid is null
                ? Goal.Grid.Count == 0 && Sample is not null
                : Starts is not null && Starts.Length is CoverageGrid.Chains or CoverageGrid.Chains + 1 && Array.TrueForAll(Starts, start => start >= 0 && IsNode(start))
                    && Heads is not null && Heads.Length == Starts.Length && Array.TrueForAll(Heads, head => head >= 0 && head <= nodes)
                    && Seen is not null && Seen.Length == nodes && (Overdue is null || Overdue.Length == nodes)
                    && Counts is not null && Counts.Length == nodes && Array.TrueForAll(Counts, bin => bin is not null && bin.Length <= 2 * Rungs)
                    && Certified is not null && Array.TrueForAll(Certified, node => node >= 0 && IsNode(node)));
    }
}
