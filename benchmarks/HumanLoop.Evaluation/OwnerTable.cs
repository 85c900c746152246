using System.Globalization;
using HumanLoop.Adapting;
using HumanLoop.Cli.Backtest;
using HumanLoop.Cli.Input;

namespace HumanLoop.Evaluation;

/// <summary>What the owner of a workflow sees, in days and shares.</summary>
internal static class OwnerTable
{
    private static readonly int[] Weeks = [1, 4, 12];

    public static void Print(int runs)
    {
        Table.Begin(
            $"What the owner sees: median (p10–p90) of {runs} streams, α = δ = 0.05, verdicts a day later",
            "model", "decisions a day", "opens on day", "straight through: week 1", "week 4", "week 12", "touched by people: week 1", "week 4", "week 12");
        (string Name, DecisionFile File)[] models = [("calibrated", Scenario.Calibrated.Population()), ("smooth", Scenario.Stationary[1].Population())];
        if (DataFolder.Find() is { } folder)
        {
            models = [("clinc150", DecisionFile.Open(Path.Combine(folder, "clinc150-decisions.csv"), DecisionFile.Renames(null))), .. models];
        }

        foreach (var (name, file) in models)
        {
            foreach (var perDay in new[] { 20, 30, 50, 500 })
            {
                Row(name, file, perDay, runs);
            }
        }
    }

    private static void Row(string name, DecisionFile file, int perDay, int runs)
    {
        var length = perDay * 7 * Weeks[^1];
        var request = new BacktestRequest { Goal = new() { MaxErrorRate = .05 }, Policies = [], Resample = length, Runs = runs, Seed = 7, ReviewDelay = perDay };

        // The last day of each of the weeks, so that a share is what people saw that day and not since the beginning.
        int[] checkpoints = [.. Weeks.SelectMany(week => new[] { ((7 * week) - 1) * perDay, 7 * week * perDay })];
        var simulation = new Simulation(request, file, Backtester.Populations(file, request), checkpoints, new RiskControlledThreshold());
        var order = new int[length];
        var records = new List<RunRecord>();
        for (var run = 0; run < runs; run++)
        {
            Streams.Fill(file, request, run, order);
            records.Add(simulation.Run(order, run));
        }

        var opened = records.Select(record => record.FirstLoosening is { } at ? Math.Ceiling(at / (double)perDay) : double.PositiveInfinity);
        object[] coverage = [.. Weeks.Select((_, i) => Spread(records.Select(record => 100 * record.Checkpoints[(2 * i) + 1].Coverage), "%"))];
        object[] touched = [.. Weeks.Select((_, i) => Spread(records.Select(record => 100.0 * (record.Checkpoints[(2 * i) + 1].Reviews - record.Checkpoints[2 * i].Reviews) / perDay), "%"))];
        Table.Row([name, perDay, Spread(opened, ""), .. coverage, .. touched]);
    }

    private static string Spread(IEnumerable<double> values, string unit)
    {
        double[] sorted = [.. values.Order()];
        string At(double share) => sorted[(int)(share * (sorted.Length - 1))] is var value && double.IsFinite(value) ? value.ToString("0", CultureInfo.InvariantCulture) : "later";
        return $"{At(.5)}{unit} ({At(.1)}–{At(.9)})";
    }
}
