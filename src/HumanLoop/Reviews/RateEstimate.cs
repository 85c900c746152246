namespace HumanLoop;

/// <summary>A rate and its 95 % interval for one look.</summary>
/// <param name="Value">The rate, in [0, 1].</param>
/// <param name="Low">The lower end, in [0, 1].</param>
/// <param name="High">The upper end, in [0, 1].</param>
/// <param name="Of">How many decisions it rests on; where they were looked at with different probabilities, how many alike ones would say as much.</param>
/// <remarks>Wilson's score interval (Wilson 1927, JASA 22); for reviewers, of whom few answers are known, the exact one (Clopper and Pearson 1934, Biometrika
/// 26), which is never too narrow. It holds for one look at a time fixed in advance; what a threshold promises holds at all times and is in
/// <see cref="ThresholdEvidence.ErrorRateBound"/>.</remarks>
public readonly record struct RateEstimate(double Value, double Low, double High, double Of)
{
    private const double Tail = 0.025;
    private const double Z = 1.959963984540054;

    /// <summary>So many of so many; <see langword="null"/> of none.</summary>
    internal static RateEstimate? From(double count, double of)
    {
        if (of <= 0)
        {
            return null;
        }

        var rate = Math.Clamp(count / of, 0, 1);
        var scale = 1 + (Z * Z / of);
        var centre = (rate + (Z * Z / (2 * of))) / scale;
        var margin = Z * Math.Sqrt((rate * (1 - rate) / of) + (Z * Z / (4 * of * of))) / scale;
        return new(rate, Math.Max(0, Math.Min(rate, centre - margin)), Math.Min(1, Math.Max(rate, centre + margin)), of);
    }

    /// <summary>A rate among weighted ones; n is (Σw)²/Σw² (Kish 1965).</summary>
    internal static RateEstimate? FromWeights(double wrong, double right, double squares) =>
        squares <= 0 ? null : From(wrong / (wrong + right) * Effective(wrong + right, squares), Effective(wrong + right, squares));

    private static double Effective(double sum, double squares) => sum * sum / squares;

    /// <summary>So many of so many with the exact interval; <see langword="null"/> of none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 0 or above the number.</exception>
    internal static RateEstimate? Exact(int count, int of)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, of);
        return of == 0 ? null : new((double)count / of, count == 0 ? 0 : Where(count - 1, of, 1 - Tail), count == of ? 1 : Where(count, of, Tail), of);
    }

    /// <summary>The share at which at most so many are seen with a given probability, which falls as the share grows.</summary>
    private static double Where(int atMost, int of, double probability)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = AtMost(atMost, of, middle) > probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>The binomial distribution function, each term from the one before.</summary>
    private static double AtMost(int atMost, int of, double share)
    {
        var (log, sum) = (of * Math.Log(1 - share), 0.0);
        for (var k = 0; k <= atMost; k++)
        {
            sum += Math.Exp(log);
            log += Math.Log((double)(of - k) / (k + 1)) + Math.Log(share / (1 - share));
        }

        return sum;
    }
}
