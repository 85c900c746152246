using System.Globalization;

namespace HumanLoop.Cli.Backtest;

/// <summary>The result for a terminal: policies side by side, then the first run's changes.</summary>
internal static class TableReport
{
    private const int MostChanges = 20;

    internal static void Write(TextWriter writer, Report report)
    {
        var result = report.Result;
        writer.WriteLine($"{result.File}: {Whole(result.Decisions)} decisions, {Whole(result.WithoutConfidence)} without a confidence");
        writer.WriteLine($"Goal: at most {Percent(result.Goal.MaxErrorRate)} wrong, {Percent(1 - result.Goal.Risk)} sure; {Percent(result.Goal.AuditBudget)} of all decisions checked in the long run");
        writer.WriteLine(Possible(result));
        Array.ForEach(report.Populations, population => writer.WriteLine(ConfidenceText.Of(population)));
        writer.WriteLine();
        WriteAligned(writer, Summary(report));
        foreach (var closed in result.Policies.Select(ConfidenceText.WhyClosed).OfType<string>())
        {
            writer.WriteLine();
            writer.WriteLine(closed);
        }

        foreach (var policy in result.Policies.Where(policy => policy.Changes.Count > 0))
        {
            writer.WriteLine();
            var shown = policy.Changes.Take(MostChanges).ToArray();
            writer.WriteLine($"{policy.Policy}, {(shown.Length < policy.Changes.Count ? $"the first {MostChanges} of {Whole(policy.Changes.Count)} " : "")}changes in the first run:");
            WriteAligned(writer, ChangeRows(shown));
        }
    }

    /// <summary>What the best threshold would let through.</summary>
    internal static string Possible(BacktestResult result) => result.Oracle.Coverage > 0
        ? $"Possible: {Percent(result.Oracle.Coverage)} straight through{(result.Oracle.Threshold is { } oracle ? $" at {Score(oracle)}" : "")}, for somebody who knew every truth"
        : "Possible: nothing, no threshold of this confidence keeps the goal";

    /// <summary>The policies side by side, a heading row first.</summary>
    internal static List<string[]> Summary(Report report)
    {
        var (result, effort) = (report.Result, report.Effort);
        List<string[]> rows = [["", .. result.Policies.Select(policy => policy.Policy)]];
        void Row(string name, Func<PolicyResult, string> value) => rows.Add([name, .. result.Policies.Select(value)]);
        Row("straight through", policy => Percent(policy.StraightThroughRate));
        Row("looked at by a person", policy => Percent(policy.ReviewRate));
        Row("  of these, checked afterwards", policy => Percent(policy.AuditRate));
        Row("errors let through", policy => $"{Whole(policy.StraightThroughErrors)}{(policy.StraightThroughErrorRate is { } rate ? $" ({Percent(rate)})" : "")}");
        Row("ever above the target", policy => policy.EverAboveTarget is { } share ? $"in {Percent(share)} of runs" : "–");
        Row("first opens after", policy => policy.FirstLoosening.P50 is { } median ? When(median, effort) : "never");
        Row("  10 % / 90 % of runs", policy => $"{Decision(policy.FirstLoosening.P10)} / {Decision(policy.FirstLoosening.P90)}");
        Row("threshold at the end", policy => policy.FinalThreshold is { } threshold ? Score(threshold) : "–");
        Row("coverage at the end", policy => Percent(policy.FinalCoverage));
        Row("  of what is possible", policy => policy.FinalCoverageOfOracle is { } share ? Percent(share) : "–");
        foreach (var (i, at) in result.Policies[0].Checkpoints.Index().Select(pair => (pair.Index, pair.Item.Decisions)))
        {
            Row($"coverage after {Whole(at)}", policy => Percent(policy.Checkpoints[i].Coverage));
        }

        if (effort.MinutesPerReview is { } minutes)
        {
            var length = result.Policies[0].Checkpoints[^1].Decisions;
            Row("hours of review saved", policy => Whole((1 - policy.ReviewRate) * length * minutes / 60));
        }

        return rows;
    }

    /// <summary>Changes, a heading row first.</summary>
    internal static List<string[]> ChangeRows(IEnumerable<ChangeRecord> changes) =>
    [
        ["decision", "segment", "from", "to", "reason", "reviewed", "errors"],
        .. changes.Select(change => new[]
        {
            Whole(change.Decision), change.Segment ?? "", Line(change.From), Line(change.To), change.Reason, Whole(change.Reviewed), Whole(change.Errors),
        }),
    ];

    internal static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    internal static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    internal static string Score(double threshold) => threshold.ToString("0.#########", CultureInfo.InvariantCulture);

    private static string Line(double? threshold) => threshold is { } value ? Score(value) : "everything reviewed";

    private static string Decision(int? decision) => decision is { } number ? Whole(number) : "never";

    private static string When(int decision, Effort effort) =>
        effort.PerDay is { } perDay ? $"{Whole(decision)} (day {Whole(Math.Ceiling(decision / perDay))})" : $"{Whole(decision)} decisions";

    private static void WriteAligned(TextWriter writer, List<string[]> rows)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            writer.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }
}
