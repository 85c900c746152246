using HumanLoop.Assessing;

namespace HumanLoop.Reporting;

/// <summary>Curves from a model's counted confidences. Pure.</summary>
internal static class ConfidenceCurves
{
    private const int ReliabilityBins = 10;

    public static ScorecardConfidence Of(ConfidenceTally tally)
    {
        // Units of weight cancel out of every ratio; for the ranking's interval they have to be whole outcomes again.
        double[] right = [.. tally.Right.Reverse().Select(weight => weight / (double)InverseProbability.One)];
        double[] wrong = [.. tally.Wrong.Reverse().Select(weight => weight / (double)InverseProbability.One)];
        var auroc = RankingQuality.FromGroups(right, wrong).Auroc;
        return new()
        {
            Model = tally.Model,
            Decisions = tally.Seen.Sum(),
            Outcomes = tally.Outcomes,
            Errors = tally.Errors,
            LargestTie = tally.Seen.Sum() is var all and > 0 ? tally.Seen.Max() / (double)all : 0,
            Auroc = double.IsNaN(auroc) ? null : auroc,
            Reliability = [.. Reliability(tally)],
            RiskCoverage = [.. RiskCoverage(tally)],
        };
    }

    private static IEnumerable<ReliabilityBin> Reliability(ConfidenceTally tally)
    {
        for (var wide = 0; wide < ReliabilityBins; wide++)
        {
            double from = wide / (double)ReliabilityBins, to = (wide + 1) / (double)ReliabilityBins;
            double weight = 0, right = 0, confidence = 0;
            for (var bin = 0; bin < ConfidenceTally.Bins; bin++)
            {
                var middle = ConfidenceTally.Middle(bin);
                if (middle > from && middle < to)
                {
                    double here = tally.Right[bin] + tally.Wrong[bin];
                    (weight, right, confidence) = (weight + here, right + tally.Right[bin], confidence + (here * middle));
                }
            }

            if (weight > 0)
            {
                yield return new(from, to, weight / InverseProbability.One, confidence / weight, right / weight);
            }
        }
    }

    private static IEnumerable<RiskCoveragePoint> RiskCoverage(ConfidenceTally tally)
    {
        double all = tally.Seen.Sum(), seen = 0, right = 0, wrong = 0;
        for (var bin = ConfidenceTally.Bins - 1; bin >= 0; bin--)
        {
            if (tally.Seen[bin] == 0)
            {
                continue;
            }

            (seen, right, wrong) = (seen + tally.Seen[bin], right + tally.Right[bin], wrong + tally.Wrong[bin]);
            if (right + wrong > 0)
            {
                yield return new(ConfidenceTally.From(bin), seen / all, wrong / (right + wrong));
            }
        }
    }
}
