using System.Globalization;
using System.Net;
using System.Text;
using HumanLoop.Reports;

namespace HumanLoop.Cli.Backtest;

/// <summary>The result as one page that needs nothing else: no script, no font, no address.</summary>
internal static class HtmlReport
{
    private const string Style = """
        :root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
        th,td{padding:.3rem .6rem;text-align:right;border-bottom:1px solid #8884}th:first-child,td:first-child{text-align:left}
        figure{margin:1rem 0}figcaption{font-size:.9rem;opacity:.8}

        """ + ReportStyles.Charts;

    internal static void Write(TextWriter writer, Report report)
    {
        var result = report.Result;
        var title = Encode($"Backtest of {Path.GetFileName(result.File)}");
        writer.WriteLine($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title><style>{Style}</style></head><body>");
        writer.WriteLine($"<h1>{title}</h1><p>At most {TableReport.Percent(result.Goal.MaxErrorRate)} wrong, {TableReport.Percent(1 - result.Goal.Risk)} sure. {TableReport.Whole(result.Decisions)} decisions in the file, {TableReport.Whole(result.WithoutConfidence)} without a confidence. {Encode(TableReport.Possible(result))}.</p>");
        foreach (var sentence in report.Populations.Select(ConfidenceText.Of).Concat(result.Policies.Select(ConfidenceText.WhyClosed).OfType<string>()))
        {
            writer.WriteLine($"<p>{Encode(sentence)}.</p>");
        }
        WriteTable(writer, TableReport.Summary(report));
        Figure(writer, "Risk and coverage", "The true error rate of every threshold in the file, from strict to loose; the dashed line is the goal.", RiskCoverage(report));
        Figure(writer, "Coverage over time", "The share of the file at or above the threshold in force, mean over the runs.", OverTime("Coverage over time", result, point => point.Coverage, 1));
        Figure(writer, "Threshold in the first run", "The top line reviews everything.", Thresholds(report));
        Figure(writer, "Errors let through", "Wrong decisions that acted without a person, mean over the runs; the dashed line is the goal's share of all decisions.", OverTime("Errors let through", result, point => point.ErrorsLetThrough, null, result.Goal.MaxErrorRate));
        Figure(writer, "Reviews spent", "Decisions that a person looked at, checks included, mean over the runs; the dashed line reviews everything.", OverTime("Reviews spent", result, point => point.Reviews, null, 1));
        foreach (var policy in result.Policies.Where(policy => policy.Changes.Count > 0))
        {
            writer.WriteLine($"<h2>Changes in the first run: {Encode(policy.Policy)}</h2>");
            WriteTable(writer, TableReport.ChangeRows(policy.Changes));
        }

        writer.WriteLine("</body></html>");
    }

    private static void Figure(TextWriter writer, string title, string caption, string svg) =>
        writer.WriteLine($"<h2>{Encode(title)}</h2><figure>{svg}<figcaption>{Encode(caption)}</figcaption></figure>");

    private static string RiskCoverage(Report report)
    {
        var goal = report.Result.Goal.MaxErrorRate;
        var curves = report.Populations.Select(population => population.Curve().Select(point => (point.Coverage, point.ErrorRate)).ToArray()).ToArray();
        var highest = curves.SelectMany(curve => curve.Where(point => point.Coverage > .02)).Select(point => point.ErrorRate).DefaultIfEmpty(goal).Max();
        var plot = new SvgPlot("Risk and coverage", new(0, 1, "coverage"), new(0, Math.Max(2 * goal, highest), "error rate"));
        plot.Dash(0, goal, 1, goal, "goal");
        foreach (var (i, curve) in curves.Index())
        {
            plot.Line(report.Populations[i].Name, i, Thin(curve));
        }

        return plot.ToString();
    }

    private static string OverTime(string title, BacktestResult result, Func<Checkpoint, double> value, double? top, double? share = null)
    {
        double length = result.Policies[0].Checkpoints[^1].Decisions;
        var highest = Math.Max(share * length ?? 0, result.Policies.Max(policy => policy.Checkpoints.Max(value)));
        var plot = new SvgPlot(title, new(0, length, "decisions"), new(0, top ?? Math.Max(1, highest), ""));
        if (share is { } slope)
        {
            plot.Dash(0, 0, length, slope * length, "goal");
        }

        foreach (var (i, policy) in result.Policies.Index())
        {
            plot.Line(policy.Policy, i, [(0, 0), .. policy.Checkpoints.Select(point => ((double)point.Decisions, value(point)))]);
        }

        return plot.ToString();
    }

    private static string Thresholds(Report report)
    {
        var result = report.Result;
        // Above 1 lies the threshold that reviews everything.
        const double Everything = 1.05;
        double length = result.Policies[0].Checkpoints[^1].Decisions;
        var plot = new SvgPlot("Threshold in the first run", new(0, length, "decisions"), new(0, Everything, "threshold"));
        var style = 0;
        foreach (var policy in result.Policies)
        {
            if (policy.Changes.Count == 0 && report.Populations.Length == 1)
            {
                var standing = policy.FinalThreshold ?? Everything;
                plot.Line(policy.Policy, style++, [(0, standing), (length, standing)]);
            }

            foreach (var segment in policy.Changes.GroupBy(change => change.Segment))
            {
                var points = new List<(double, double)> { (0, segment.First().From ?? Everything) };
                foreach (var change in segment)
                {
                    points.Add((change.Decision, change.From ?? Everything));
                    points.Add((change.Decision, change.To ?? Everything));
                }

                points.Add((length, segment.Last().To ?? Everything));
                plot.Line(segment.Key is null ? policy.Policy : $"{policy.Policy}, {segment.Key}", style++, points);
            }
        }

        return plot.ToString();
    }

    private static (double, double)[] Thin((double, double)[] points)
    {
        var step = Math.Max(1, points.Length / 500);
        return [.. points.Where((_, i) => i % step == 0 || i == points.Length - 1)];
    }

    private static void WriteTable(TextWriter writer, IReadOnlyList<string[]> rows)
    {
        var html = new StringBuilder("<table>");
        foreach (var (i, row) in rows.Index())
        {
            var tag = i == 0 ? "th" : "td";
            html.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(row.Select(cell => $"<{tag}>{(cell.StartsWith(' ') ? "&emsp;" : "")}{Encode(cell.Trim())}</{tag}>"))}</tr>");
        }

        writer.WriteLine(html.Append("</table>"));
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
