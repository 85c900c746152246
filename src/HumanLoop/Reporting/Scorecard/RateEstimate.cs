namespace HumanLoop.Reporting;

/// <summary>A rate and its 95 % interval for one look.</summary>
/// <param name="Value">The rate, in [0, 1].</param>
/// <param name="Low">The lower end, in [0, 1].</param>
/// <param name="High">The upper end, in [0, 1].</param>
/// <param name="Of">How many decisions it rests on; where they were looked at with different probabilities, how many alike ones would say as much.</param>
/// <remarks>Wilson's score interval (Wilson 1927, JASA 22). It holds for one look at a time fixed in advance; what a threshold promises holds at all times and is in <see cref="ScorecardThreshold.ErrorRateBound"/>.</remarks>
public readonly record struct RateEstimate(double Value, double Low, double High, double Of)
{
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
}
