namespace HumanLoop.Adapting;

/// <summary>What an error and a review cost, in one unit, and where a fitted map says that the one is worth the other.</summary>
internal sealed record CostBalance(double Error, double Review)
{
    /// <summary>How many outcomes the map is fitted to.</summary>
    internal const int SampleSize = 500;

    /// <exception cref="ArgumentOutOfRangeException">A cost is outside its range.</exception>
    internal static CostBalance Of(double errorCost, double reviewCost) =>
        errorCost is not (> 0 and < double.PositiveInfinity) ? throw new ArgumentOutOfRangeException(nameof(errorCost), errorCost, "The cost of an error is a number above 0.")
        : reviewCost is not (>= 0 and < double.PositiveInfinity) ? throw new ArgumentOutOfRangeException(nameof(reviewCost), reviewCost, "The cost of a review is a number of 0 or more.")
        : new(errorCost, reviewCost);

    /// <summary>The lowest confidence from which on letting through costs no more than reviewing.</summary>
    /// <param name="groups">Outcomes from the least sure up: the lowest confidence of each group, how many were right, and how many there were.</param>
    internal Threshold Line(IEnumerable<(double Lowest, double Right, double Count)> groups)
    {
        // Isotonic regression by pooling adjacent violators.
        var pools = new List<(double Lowest, double Right, double Count)>();
        foreach (var group in groups)
        {
            var pool = group;
            while (pools.Count > 0 && pools[^1].Right / pools[^1].Count >= pool.Right / pool.Count)
            {
                pool = (pools[^1].Lowest, pools[^1].Right + pool.Right, pools[^1].Count + pool.Count);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(pool);
        }

        var first = pools.FindIndex(pool => (1 - (pool.Right / pool.Count)) * Error <= Review);
        return first < 0 ? Threshold.ReviewEverything : new(pools[first].Lowest);
    }
}
