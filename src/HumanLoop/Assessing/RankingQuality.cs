namespace HumanLoop.Assessing;

/// <summary>How well a confidence ranks right above wrong: the area under the ROC curve, with an interval.</summary>
/// <param name="Auroc">The chance that a right proposal is surer than a wrong one, ties half; 0.5 is a coin; NaN when either kind is missing.</param>
/// <param name="Low">The lower end of the 95 % interval.</param>
/// <param name="High">The upper end of the 95 % interval.</param>
/// <param name="Errors">How many wrong outcomes, by weight, it rests on.</param>
/// <remarks>Standard error after Hanley and McNeil (1982), Radiology 143.</remarks>
public readonly record struct RankingQuality(double Auroc, double Low, double High, double Errors)
{
    /// <summary>Fewer errors than this say nothing about the ranking.</summary>
    private const double LeastErrors = 30;

    /// <summary>Whether the confidence demonstrably does not rank: the interval holds 0.5 and nothing useful. An inverted score still ranks.</summary>
    public bool IsUndiscriminating => Errors >= LeastErrors && Low <= 0.5 && High is >= 0.5 and < 0.65;

    /// <summary>Measures the ranking from weighted outcomes in groups of equal confidence.</summary>
    /// <param name="right">Weight of the right outcomes of each group, the surest group first.</param>
    /// <param name="wrong">Weight of the wrong outcomes of each group.</param>
    /// <returns>The quality.</returns>
    internal static RankingQuality FromGroups(ReadOnlySpan<double> right, ReadOnlySpan<double> wrong)
    {
        double rightAbove = 0, wrongAbove = 0, area = 0;
        for (var group = 0; group < right.Length; group++)
        {
            area += wrong[group] * (rightAbove + (right[group] / 2));
            rightAbove += right[group];
            wrongAbove += wrong[group];
        }

        if (rightAbove <= 0 || wrongAbove <= 0)
        {
            return new(double.NaN, 0, 1, wrongAbove);
        }

        var auroc = area / (rightAbove * wrongAbove);
        var q1 = auroc / (2 - auroc);
        var q2 = 2 * auroc * auroc / (1 + auroc);
        var variance = ((auroc * (1 - auroc)) + ((Math.Max(wrongAbove, 1) - 1) * (q1 - (auroc * auroc))) + ((Math.Max(rightAbove, 1) - 1) * (q2 - (auroc * auroc)))) / (rightAbove * wrongAbove);
        var margin = 1.96 * Math.Sqrt(Math.Max(0, variance));
        return new(auroc, Math.Max(0, auroc - margin), Math.Min(1, auroc + margin), wrongAbove);
    }
}
