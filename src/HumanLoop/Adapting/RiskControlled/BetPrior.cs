namespace HumanLoop.Adapting;

/// <summary>What history says about which bets will win, and where: it shortens the wait and can never open a threshold, however wrong it is.</summary>
/// <remarks>Outcomes at or above a few confidences of an earlier or sibling stream. Immutable; all that is chosen by it is fixed without a live
/// label.</remarks>
internal sealed class BetPrior
{
    private const int MostRows = 24;

    private BetPrior(IReadOnlyList<Row> rows) => Rows = rows;

    internal static BetPrior None { get; } = new([]);

    internal IReadOnlyList<Row> Rows { get; }

    internal static BetPrior FromHistory(IEnumerable<(Confidence Confidence, bool WasRight)> history)
    {
        (Confidence Confidence, bool WasRight)[] sorted = [.. history.Where(item => item.Confidence.IsUsable).OrderByDescending(item => item.Confidence)];
        var rows = new List<Row>();
        long right = 0, wrong = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            _ = sorted[i].WasRight ? right++ : wrong++;
            var endsTie = i + 1 == sorted.Length || sorted[i + 1].Confidence != sorted[i].Confidence;
            if (endsTie && (i + 1) * MostRows / sorted.Length > rows.Count)
            {
                rows.Add(new(sorted[i].Confidence.Value, right, wrong));
            }
        }

        return new(rows);
    }

    internal static BetPrior Restore(IReadOnlyList<Row> rows) => rows.Count == 0 ? None : new(rows);

    /// <summary>The same outcomes at the confidences that as large a share of the present stream reaches: another model's scores have another scale.</summary>
    /// <param name="sorted">Confidences of the present stream, surest first.</param>
    internal BetPrior AlignedTo(double[] sorted)
    {
        double all = Rows.Count == 0 ? 0 : Rows[^1].Right + Rows[^1].Wrong;
        return new([.. Rows.Select(row => row with { Threshold = CoverageGrid.AtRank(sorted, Math.Max(1, (int)Math.Round((row.Right + row.Wrong) / all * sorted.Length))) })]);
    }

    /// <summary>Where history's own evidence is strongest, so that a threshold will be earned there soonest; <see langword="null"/> where none speaks for
    /// one.</summary>
    internal double? Strongest(BetMixture mixture)
    {
        var weights = BetMixture.Logarithms(BetMixture.NearWeights);
        var (threshold, highest) = ((double?)null, 0.0);
        foreach (var row in Rows)
        {
            if (mixture.LogValue(CountsOf(row, mixture), weights) is var value && value > highest)
            {
                (threshold, highest) = (row.Threshold, value);
            }
        }

        return threshold;
    }

    /// <summary>The logarithms of the bets' weights at each node of a grid.</summary>
    internal double[][] LogWeights(CoverageGrid grid, BetMixture mixture)
    {
        double[] near = BetMixture.Logarithms(BetMixture.NearWeights), far = BetMixture.Logarithms(BetMixture.FarWeights);
        var weights = new double[grid.Nodes.Length][];
        for (var node = 0; node < weights.Length; node++)
        {
            weights[node] = grid.IsNear(node) ? near : far;
            if (Rows.Count > 0)
            {
                var threshold = grid.Nodes[node];
                var row = Rows.MinBy(candidate => Math.Abs(candidate.Threshold - threshold));
                weights[node] = BetMixture.Logarithms(mixture.Posterior(CountsOf(row, mixture), grid.IsNear(node) ? BetMixture.NearWeights : BetMixture.FarWeights));
            }
        }

        return weights;
    }

    private static long[] CountsOf(Row row, BetMixture mixture)
    {
        var counts = new long[mixture.Rungs * 2];
        (counts[0], counts[1]) = (row.Right, row.Wrong);
        return counts;
    }

    /// <summary>Outcomes at or above a confidence.</summary>
    internal readonly record struct Row(double Threshold, long Right, long Wrong);
}
