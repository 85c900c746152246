using System.Globalization;

namespace HumanLoop.Cli.Backtest;

/// <summary>What the confidence of a file is worth and why a policy stayed closed, in words.</summary>
internal static class ConfidenceText
{
    private static readonly Dictionary<string, string> Reasons = new()
    {
        [ThresholdReasons.CollectingGrid] = "fewer decisions with a confidence than candidates for a threshold are made of",
        [ThresholdReasons.TooFewOutcomes] = "too few outcomes to prove anything yet",
        [ThresholdReasons.ErrorRateTooHigh] = "the surest decisions were wrong too often",
        [ThresholdReasons.TargetUnreachable] = "beyond doubt the surest decisions are wrong too often; waiting does not help",
        [ThresholdReasons.ScoreUseless] = "the confidence does not tell right from wrong",
        [ThresholdReasons.OutcomesOverdue] = "missing answers count as wrong",
        [ThresholdReasons.ReviewCostsLess] = "by these costs nothing is worth acting alone",
    };

    /// <summary>How well it ranks, whether it means what it says, and what the surest decisions were worth.</summary>
    internal static string Of(Population population)
    {
        var health = population.Health;
        if (health.Ranking is not { Auroc: >= 0 } ranking)
        {
            return $"Confidence of {population.Name}: nothing to rank, {(health.Outcomes == 0 ? "nobody scored them" : "all of them were right or all wrong")}";
        }

        var (threshold, coverage, errorRate) = population.Curve().First();
        string[] problems = [.. health.Problems.Select(Problem), .. ranking.High < 0.5 ? ["ranks the wrong way round: the surer, the more often wrong"] : Array.Empty<string>()];
        var found = problems.Length == 0 ? "no fault found" : string.Join("; ", problems);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Confidence of {population.Name}: {found}. AUROC {ranking.Auroc:0.00} ({ranking.Low:0.00} to {ranking.High:0.00}; 0.5 is a coin), calibration error {health.CalibrationError:0.00}; the surest {coverage * population.Total:0}, at {TableReport.Score(threshold)}, were wrong in {TableReport.Percent(errorRate)}");
    }

    /// <summary>Why everything is still reviewed at the end; <see langword="null"/> where something goes straight through.</summary>
    internal static string? WhyClosed(PolicyResult policy) =>
        policy.WhyClosed.Count == 0 ? null : $"{policy.Policy} reviews everything at the end: {string.Join("; ", policy.WhyClosed.Select(reason => $"{Reasons.GetValueOrDefault(reason, "see the policy")} ({reason})"))}";

    private static string Problem(string name) => name switch
    {
        "degenerate" => "nearly always the same number (degenerate)",
        "undiscriminating" => "does not tell right from wrong (undiscriminating)",
        "overconfident" => "claims more than it keeps (overconfident)",
        _ => name,
    };
}
