namespace HumanLoop.Reporting;

/// <summary>1/p of a rung as a whole number of small units, so that sums can be taken back without a rest and any order gives the same.</summary>
internal static class InverseProbability
{
    /// <summary>The units of a weight of 1.</summary>
    public const long One = 1 << 16;

    private static readonly long[] Weights = [.. Enumerable.Range(0, ReviewProbability.LastRung + 1).Select(rung => (long)Math.Round(One * Math.Pow(2, rung / 2.0)))];

    public static long Of(ReviewProbability probability) => Weights[probability.Rung];

    /// <summary>1/p², exactly.</summary>
    public static long SquareOf(ReviewProbability probability) => 1L << probability.Rung;
}
