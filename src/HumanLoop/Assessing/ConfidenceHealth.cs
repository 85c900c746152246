namespace HumanLoop.Assessing;

/// <summary>Whether a confidence is worth having: does it differ, does it rank right above wrong, does it mean what it says.</summary>
/// <remarks>For people to read; the promise of the risk-controlled threshold needs none of it. Immutable.</remarks>
public sealed record ConfidenceHealth
{
    private const int BinCount = 15;
    private const double DegenerateShare = 0.99;
    private const double LargestGap = 0.05;

    private ConfidenceHealth()
    {
    }

    /// <summary>How many outcomes were looked at.</summary>
    public required long Outcomes { get; init; }

    /// <summary>Whether nearly all confidences, 99 % or more, are the same number.</summary>
    public required bool IsDegenerate { get; init; }

    /// <summary>How well it ranks right above wrong.</summary>
    public required RankingQuality Ranking { get; init; }

    /// <summary>The expected calibration error over fifteen equal bins, in [0, 1] (Naeini, Cooper and Hauskrecht 2015, AAAI); NaN without outcomes.</summary>
    public required double CalibrationError { get; init; }

    /// <summary>Mean confidence less accuracy; above 0 it claims more than it keeps. NaN without outcomes.</summary>
    public required double Overconfidence { get; init; }

    /// <summary>Whether it claims more than it keeps by over 0.05, and by over three standard errors.</summary>
    public required bool IsOverconfident { get; init; }

    /// <summary>The reliability diagram: the bins that have outcomes, from the lowest.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>Whether no threshold of it may open: it is degenerate, or demonstrably does not rank. An overconfident score can still be earned.</summary>
    public bool IsUseless => IsDegenerate || Ranking.IsUndiscriminating;

    /// <summary>What is wrong with it, in stable names: <c>degenerate</c>, <c>undiscriminating</c>, <c>overconfident</c>.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. IsDegenerate ? ["degenerate"] : Array.Empty<string>(),
        .. Ranking.IsUndiscriminating && !IsDegenerate ? ["undiscriminating"] : Array.Empty<string>(),
        .. IsOverconfident ? ["overconfident"] : Array.Empty<string>(),
    ];

    /// <summary>Measures a confidence by reviewed outcomes.</summary>
    /// <param name="outcomes">Confidence, whether the proposal was right, and 1 ÷ the probability with which it was looked at; unusable confidences are passed
    /// over.</param>
    /// <returns>The findings.</returns>
    public static ConfidenceHealth Measure(IEnumerable<(Confidence Confidence, bool WasRight, double Weight)> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var usable = outcomes.Where(outcome => outcome.Confidence.IsUsable).ToArray();
        var ties = usable.GroupBy(outcome => outcome.Confidence.Value).OrderByDescending(tie => tie.Key).ToArray();
        var total = usable.Sum(outcome => outcome.Weight);
        double[] right = [.. ties.Select(tie => tie.Where(outcome => outcome.WasRight).Sum(outcome => outcome.Weight))];
        double[] wrong = [.. ties.Select(tie => tie.Where(outcome => !outcome.WasRight).Sum(outcome => outcome.Weight))];
        var bins = usable.GroupBy(outcome => Math.Min((int)(outcome.Confidence.Value * BinCount), BinCount - 1)).OrderBy(bin => bin.Key).Select(bin => Bin(bin.Key, [.. bin])).ToArray();
        var gap = bins.Sum(bin => bin.Weight * (bin.MeanConfidence - bin.Accuracy)) / total;
        var accuracy = right.Sum() / total;
        var squares = usable.Sum(outcome => outcome.Weight * outcome.Weight);
        var standardError = Math.Sqrt(accuracy * (1 - accuracy) * squares) / total;
        return new()
        {
            Outcomes = usable.Length,
            IsDegenerate = usable.Length > 1 && ties.Max(tie => tie.Count()) >= DegenerateShare * usable.Length,
            Ranking = RankingQuality.FromGroups(right, wrong),
            CalibrationError = bins.Sum(bin => bin.Weight * Math.Abs(bin.MeanConfidence - bin.Accuracy)) / total,
            Overconfidence = gap,
            IsOverconfident = gap > LargestGap && gap > 3 * standardError,
            Reliability = bins,
        };
    }

    private static ReliabilityBin Bin(int number, (Confidence Confidence, bool WasRight, double Weight)[] outcomes)
    {
        var weight = outcomes.Sum(outcome => outcome.Weight);
        return new(
            number / (double)BinCount,
            (number + 1) / (double)BinCount,
            weight,
            outcomes.Sum(outcome => outcome.Weight * outcome.Confidence.Value) / weight,
            outcomes.Where(outcome => outcome.WasRight).Sum(outcome => outcome.Weight) / weight);
    }
}
