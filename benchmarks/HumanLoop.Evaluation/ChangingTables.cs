using HumanLoop.Adapting;
using HumanLoop.Cli.Backtest;

namespace HumanLoop.Evaluation;

/// <summary>Streams that drift, answers that come late, reviewers who err.</summary>
internal static class ChangingTables
{
    private const int DriftAt = 10_000;
    private const int End = 20_000;
    private const double Alpha = .05;

    public static void Drift(int runs)
    {
        Table.Begin(
            $"Drift: the odds of an error × 5 (abrupt at decision {DriftAt}, gradual from 8000 to 14000), {runs} streams",
            "drift", "policy", "decisions to safe: median", "p90", "never", "errors until safe", "errors until the end, allowed ones included", "straight through until the end", "alarmed");
        foreach (var abrupt in new[] { true, false })
        {
            foreach (var policy in abrupt ? new[] { "risk-controlled", "wilson:500", "streak:20", "fixed:0.9" } : ["risk-controlled"])
            {
                var (median, p90, never, untilSafe, errors, straightThrough, alarmed) = Measure(policy, abrupt, runs);
                Table.Row(abrupt ? "abrupt" : "gradual", policy, median, p90, never, untilSafe, errors, straightThrough, alarmed);
            }
        }
    }

    public static void DriftFloors(int runs)
    {
        var (median, p90, _, untilSafe, errors, straightThrough, _) = Measure("risk-controlled", abrupt: true, runs);
        Table.Begin("Hard floors and ambitions: abrupt drift", "measure", "measured", "hard floor", "met", "ambitious", "reached");
        StationaryTables.Verdict("decisions to safe: median", median, 300, 150, less: true);
        StationaryTables.Verdict("decisions to safe: p90", p90, 700, 300, less: true);
        StationaryTables.Verdict("errors until it is safe again", untilSafe, 120, 75, less: true);
        StationaryTables.Verdict("error rate from the drift to the end", errors / straightThrough, Alpha, Alpha, less: true);
    }

    public static void Delay(int runs)
    {
        Table.Begin(
            $"Late answers and reviewers who err, {runs} streams",
            "stream", "decisions", "ever > α", "share of the oracle at the end", "reviews", "errors through");
        double oracle = .79;
        double Late(bool wrong, Chance chance) => LiveStream.Exponential(chance, 300);
        double WrongLater(bool wrong, Chance chance) => LiveStream.Exponential(chance, wrong ? 900 : 150);
        var goal = new ThresholdGoal { MaxErrorRate = Alpha };
        Row("answers about 300 decisions later", Scenario.Calibrated, 5_000, goal, Late, null);
        Row("errors found 6 times later (900 and 150)", Scenario.Calibrated, 5_000, goal, WrongLater, null);
        Row("the same at the knife edge", Scenario.Stationary[7], 3_000, goal, WrongLater, null);
        Row("5 % of right answers called wrong", Scenario.Calibrated, 10_000, goal, null, (wrong, chance) => wrong || chance.Unit() < .05);
        Row("the same, ReviewerFalseAlarmRate 0.05", Scenario.Calibrated, 10_000, goal with { ReviewerFalseAlarmRate = .05 }, null, (wrong, chance) => wrong || chance.Unit() < .05);
        Row("20 % of errors overlooked", Scenario.Calibrated, 10_000, goal, null, (wrong, chance) => wrong && chance.Unit() >= .2);
        Row("the same, ReviewerMissRate 0.2", Scenario.Calibrated, 10_000, goal with { ReviewerMissRate = .2 }, null, (wrong, chance) => wrong && chance.Unit() >= .2);

        void Row(string name, Scenario scenario, int length, ThresholdGoal wanted, Func<bool, Chance, double>? delay, Func<bool, Chance, bool>? report)
        {
            double above = 0, coverage = 0, reviews = 0, errors = 0;
            for (var run = 1; run <= runs; run++)
            {
                var stream = new LiveStream(new RiskControlledThreshold(), wanted, run);
                var (isAbove, last) = (false, 0.0);
                for (var n = 1; n <= length; n++)
                {
                    stream.Next(n, scenario.Risk, delay, report);
                    if (stream.Coverage != last)
                    {
                        last = stream.Coverage;
                        isAbove |= last > 0 && scenario.RiskOf(last) > Alpha;
                    }
                }

                (above, coverage, reviews, errors) = (above + (isAbove ? 1 : 0), coverage + stream.Coverage, reviews + stream.Reviews, errors + stream.Errors);
            }

            Table.Row(name, length, above / runs, scenario == Scenario.Calibrated ? coverage / runs / oracle : null, Math.Round(reviews / runs), Math.Round(errors / runs));
        }
    }

    private static (double Median, double P90, double Never, double UntilSafe, double Errors, double StraightThrough, double Alarmed) Measure(string policy, bool abrupt, int runs)
    {
        var scenario = Scenario.Calibrated;
        double OddsAt(int n) => abrupt ? n > DriftAt ? 5 : 1 : 1 + (4 * Math.Clamp((n - 8_000) / 6_000.0, 0, 1));
        var toSafe = new List<int>();
        double untilSafe = 0, errors = 0, straightThrough = 0, alarmed = 0;
        for (var run = 1; run <= runs; run++)
        {
            var stream = new LiveStream(PolicyChoice.Parse(policy).Controller, new() { MaxErrorRate = Alpha }, run);
            int? unsafeSince = null, safe = null;
            var (errorsBefore, throughBefore, alarmedBefore) = (0, 0, false);
            for (var n = 1; n <= End; n++)
            {
                var odds = OddsAt(n);
                stream.Next(n, u => Scenario.WithOdds(scenario.Risk(u), odds));
                if (n == (abrupt ? DriftAt : 8_000))
                {
                    (errorsBefore, throughBefore, alarmedBefore) = (stream.Errors, stream.StraightThrough, stream.IsAlarmed);
                }

                // The true risk is looked up every tenth decision: it costs more than the decision.
                if (n >= (abrupt ? DriftAt : 8_000) && n % 10 == 0 && safe is null)
                {
                    var isUnsafe = stream.Coverage > 0 && scenario.RiskOf(stream.Coverage, OddsAt(n + 1)) > Alpha;
                    unsafeSince ??= isUnsafe ? n : null;
                    safe = unsafeSince is { } since && !isUnsafe ? n - since : null;
                    untilSafe += safe is null ? 0 : stream.Errors - errorsBefore;
                }
            }

            toSafe.Add(unsafeSince is null ? 0 : safe ?? int.MaxValue);
            (errors, straightThrough) = (errors + stream.Errors - errorsBefore, straightThrough + stream.StraightThrough - throughBefore);
            alarmed += stream.IsAlarmed && !alarmedBefore ? 1 : 0;
        }

        toSafe.Sort();
        double At(double share) => Math.Min(toSafe[(int)(share * (toSafe.Count - 1))], End);
        return (At(.5), At(.9), toSafe.Count(one => one == int.MaxValue) / (double)runs, Math.Round(untilSafe / runs), Math.Round(errors / runs), Math.Round(straightThrough / runs), alarmed / runs);
    }
}
