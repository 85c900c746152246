namespace HumanLoop.Adapting;

/// <summary>The thresholds that may ever come into force, from strict to loose, and where the search among them starts.</summary>
/// <remarks>
/// By default they are confidences at fixed ranks among the first 200 of the epoch, chosen before any label is looked at: a grid of
/// fixed numbers would miss scores that live elsewhere. Equal scores make one node; the last node is 0. Immutable.
/// </remarks>
internal sealed class CoverageGrid
{
    /// <summary>How many confidences are collected before the grid is fixed.</summary>
    internal const int SampleSize = 200;

    /// <summary>How many chains there are without history.</summary>
    internal const int Chains = 3;

    /// <summary>The most nodes that a grid has, so that the state stays small.</summary>
    internal const int MostNodes = ThresholdGoal.MostGridNodes;

    private static readonly int[] Ranks =
        [4, 8, 12, 16, 20, 25, 30, 35, 40, 45, 50, 55, 60, .. Enumerable.Range(31, 70).Select(half => 2 * half)];

    private static readonly double[] Weights = [.65, .20, .15];
    private static readonly double[] WeightsWithFavourite = [.45, .20, .15, .20];

    private CoverageGrid(double[] nodes, int[] starts, int lastNear, bool fromSample)
    {
        Nodes = nodes;
        Starts = starts;
        LastNear = lastNear;
        FromSample = fromSample;
    }

    /// <summary>The weights of the chains, which share the risk; they sum to one, whether or not history starts one more.</summary>
    internal ReadOnlySpan<double> ChainWeights => Starts.Length == Chains ? Weights : WeightsWithFavourite;

    /// <summary>The thresholds, strictest first.</summary>
    internal double[] Nodes { get; }

    /// <summary>The node at which each chain starts.</summary>
    internal int[] Starts { get; }

    /// <summary>Whether the nodes are observed confidences, so that certifying has to pay for their choice.</summary>
    internal bool FromSample { get; }

    private int LastNear { get; }

    /// <summary>Fixes the grid from the first confidences.</summary>
    /// <param name="sorted">The confidences, surest first.</param>
    /// <param name="favourite">Where history says that a threshold will be earned soonest: one more chain starts there.</param>
    internal static CoverageGrid FromConfidences(double[] sorted, double? favourite = null)
    {
        double[] nodes = [.. Ranks.Select(rank => AtRank(sorted, rank)).Distinct()];
        int NodeAt(int rank) => Array.IndexOf(nodes, AtRank(sorted, rank));
        int[] starts = [NodeAt(60), NodeAt(20), NodeAt(140), .. favourite is { } confidence ? [BinOf(nodes, confidence)] : Array.Empty<int>()];
        return new(nodes, starts, starts[0], fromSample: true);
    }

    /// <summary>The confidence at a rank from 1; from the last rank on 0, which admits all.</summary>
    internal static double AtRank(double[] sorted, int rank) => rank >= sorted.Length ? 0 : sorted[rank - 1];

    /// <summary>Takes thresholds that were given; chains start at the nodes nearest to 0.95, 0.99 and 0.80.</summary>
    internal static CoverageGrid FromThresholds(IEnumerable<double> thresholds)
    {
        double[] nodes = [.. thresholds.Distinct().OrderDescending()];
        int Nearest(double wanted) => Array.IndexOf(nodes, nodes.MinBy(node => Math.Abs(node - wanted)));
        return new(nodes, [Nearest(.95), Nearest(.99), Nearest(.80)], nodes.Length - 1, fromSample: false);
    }

    /// <summary>Restores a grid that was fixed before.</summary>
    internal static CoverageGrid Restore(double[] nodes, int[] starts, bool fromSample) =>
        new(nodes, starts, fromSample ? starts[0] : nodes.Length - 1, fromSample);

    /// <summary>The bin of a confidence: the first node that admits it, or the number of nodes when none does.</summary>
    internal int BinOf(double confidence) => BinOf(Nodes, confidence);

    /// <summary>Whether the bets expect few errors at a node.</summary>
    internal bool IsNear(int node) => node <= LastNear || Starts.AsSpan(2).Contains(node);

    private static int BinOf(double[] nodes, double confidence)
    {
        int low = 0, high = nodes.Length;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (confidence >= nodes[middle])
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
