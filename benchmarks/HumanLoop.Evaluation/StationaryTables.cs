using HumanLoop.Cli.Backtest;
using HumanLoop.Cli.Input;

namespace HumanLoop.Evaluation;

/// <summary>Streams that stay as they are: the promise, and what it costs.</summary>
internal static class StationaryTables
{
    private const int Length = 10_000;

    private static readonly string[] Policies = ["risk-controlled", "wilson:500", "streak:20", "fixed:0.9", "cost:20/1"];

    public static void Scenarios(int runs)
    {
        Begin($"Stationary streams, α = 0.05, δ = 0.05, {Length} decisions, {runs} streams");
        foreach (var scenario in Scenario.Stationary)
        {
            Rows(scenario.Population(), Goal(.05), Policies, runs, scenario.Seed);
        }

        Begin("Other error rates and lengths");
        foreach (var (scenario, alpha, length) in new[] { (0, .02, Length), (1, .02, Length), (0, .1, Length), (0, .05, 1_800), (0, .05, 50_000) })
        {
            var one = Scenario.Stationary[scenario];
            Rows(one.Population(), Goal(alpha), ["risk-controlled"], Math.Max(20, runs / (length > Length ? 5 : 2)), one.Seed, length);
        }

        Begin("Every act checked (audit budget 1): the ceiling of the method");
        foreach (var scenario in Scenario.Stationary.Take(3))
        {
            Rows(scenario.Population(), Goal(.05) with { AuditBudget = 1 }, ["risk-controlled"], Math.Max(20, runs / 2), scenario.Seed);
        }
    }

    public static void RealStreams(int runs)
    {
        if (DataFolder.Find() is not { } folder)
        {
            Console.WriteLine("\nThe real decision streams are not here; their table is left out.");
            return;
        }

        Begin($"Real decision streams, drawn with replacement, α = 0.05, {runs} streams");
        (string Name, string Columns)[] files =
        [
            ("clinc150-decisions", ""), ("clinc150-decisions", "predicted=predicted_nb,confidence=confidence_nb"), ("tweet-moderation-decisions", ""),
            ("llm-complaints-decisions", ""), ("llm-subjectivity-decisions", ""), ("dices350-reviewers", ""), ("corefx-issues-decisions", ""),
        ];
        foreach (var (name, columns) in files)
        {
            Rows(DecisionFile.Open(Path.Combine(folder, name + ".csv"), DecisionFile.Renames(columns)), Goal(.05), columns.Length == 0 ? Policies : ["risk-controlled"], runs, 1);
        }
    }

    /// <summary>The measures that have a floor, beside it and beside what was hoped for.</summary>
    public static void Floors(int runs)
    {
        Table.Begin("Hard floors and ambitions (α = δ = 0.05; share of the oracle)", "measure", "measured", "hard floor", "met", "ambitious", "reached");
        var calibrated = Measure(Scenario.Calibrated.Population(), .05, runs, 2026);
        var worst = 0.0;
        foreach (var scenario in Scenario.Stationary)
        {
            worst = Math.Max(worst, Measure(scenario.Population(), .05, runs, scenario.Seed).EverAboveTarget!.Value);
        }

        // Two standard errors at the promised rate.
        Verdict($"ever above α, worst scenario of {runs} streams", worst, .05 + (2 * Math.Sqrt(.05 * .95 / runs)), .05, less: true);
        Verdict("calibrated @1k", At(calibrated, 1_000), .84, .90);
        Verdict("calibrated @10k", At(calibrated, 10_000), .93, .96);
        Verdict("calibrated, α = 0.02 @10k", At(Measure(Scenario.Calibrated.Population(), .02, runs, 2063), 10_000), .82, .88);
        Verdict("smooth @10k", At(Measure(Scenario.Stationary[1].Population(), .05, runs, 2028), 10_000), .74, .82);
        Verdict("overconfident @10k", At(Measure(Scenario.Stationary[2].Population(), .05, runs, 2029), 10_000), .82, .88);
        Verdict("bad-top @10k", At(Measure(Scenario.Stationary[4].Population(), .05, runs, 2031), 10_000), .88, .94);
        if (DataFolder.Find() is not { } folder)
        {
            return;
        }

        var clinc = Measure(DecisionFile.Open(Path.Combine(folder, "clinc150-decisions.csv"), DecisionFile.Renames(null)), .05, runs, 1);
        var bayes = Measure(DecisionFile.Open(Path.Combine(folder, "clinc150-decisions.csv"), DecisionFile.Renames("predicted=predicted_nb,confidence=confidence_nb")), .05, runs, 1);
        var tweets = Measure(DecisionFile.Open(Path.Combine(folder, "tweet-moderation-decisions.csv"), DecisionFile.Renames(null)), .05, runs, 1);
        Verdict("clinc150 @10k", At(clinc, 10_000), .935, .96);
        Verdict("clinc150, naive Bayes @10k", At(bayes, 10_000), .905, .94);
        Verdict("tweets @10k", At(tweets, 10_000), .905, .935);
        Verdict("reviews in 10k: clinc150", clinc.Checkpoints[^1].Reviews, 4_500, 4_100, less: true);
        Verdict("reviews in 10k: tweets", tweets.Checkpoints[^1].Reviews, 4_300, 3_900, less: true);
    }

    internal static void Verdict(string measure, double measured, double floor, double ambitious, bool less = false)
    {
        bool Holds(double limit) => less ? measured <= limit : measured >= limit;
        var sign = less ? "≤" : "≥";
        Table.Row(measure, measured, FormattableString.Invariant($"{sign} {floor:0.###}"), Holds(floor) ? "yes" : "**no**", FormattableString.Invariant($"{sign} {ambitious:0.###}"), Holds(ambitious) ? "yes" : "no");
    }

    private static ThresholdGoal Goal(double alpha) => new() { MaxErrorRate = alpha };

    private static double At(PolicyResult result, int decisions) => result.Checkpoints.First(checkpoint => checkpoint.Decisions == decisions).CoverageOfOracle ?? double.NaN;

    private static PolicyResult Measure(DecisionFile file, double alpha, int runs, int seed) =>
        Backtester.Run(file, new() { Goal = Goal(alpha), Policies = [PolicyChoice.Parse("risk-controlled")], Resample = Length, Runs = runs, Seed = seed }).Policies[0];

    private static void Begin(string title) =>
        Table.Begin(title, "stream", "policy", "α", "streams", "ever > α", "@500", "@1k", "@2k", "@5k", "@10k", "last", "reviews", "audits", "errors through", "oracle", "seed");

    private static void Rows(DecisionFile file, ThresholdGoal goal, string[] policies, int runs, int seed, int length = Length)
    {
        var result = Backtester.Run(file, new() { Goal = goal, Policies = [.. policies.Select(PolicyChoice.Parse)], Resample = length, Runs = runs, Seed = seed });
        foreach (var policy in result.Policies)
        {
            object? Share(int at) => result.Oracle.Coverage < .01 ? null : policy.Checkpoints.FirstOrDefault(checkpoint => checkpoint.Decisions == at)?.CoverageOfOracle;
            Table.Row(
                Path.GetFileNameWithoutExtension(file.Name), policy.Policy, goal.MaxErrorRate, policy.Runs,
                policy.EverAboveTarget > goal.Risk + (2 * Math.Sqrt(goal.Risk * (1 - goal.Risk) / runs)) ? FormattableString.Invariant($"**{policy.EverAboveTarget:0.000}**") : policy.EverAboveTarget,
                Share(500), Share(1_000), Share(2_000), Share(5_000), Share(10_000), Share(length),
                Math.Round(policy.ReviewRate * length), Math.Round(policy.AuditRate * length), Math.Round(policy.StraightThroughErrors), result.Oracle.Coverage, seed);
        }
    }
}
