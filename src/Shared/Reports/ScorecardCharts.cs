using System.Globalization;
using HumanLoop.Reporting;

namespace HumanLoop.Reports;

/// <summary>A scorecard's charts; each is null where there is nothing to draw yet.</summary>
internal static class ScorecardCharts
{
    /// <summary>Above 1 lies the threshold that reviews everything.</summary>
    private const double Everything = 1.1;

    private const int MostBars = 12;
    private const int Week = 7;

    /// <summary>Each threshold over time, with a mark and the reason at every change.</summary>
    public static string? Thresholds(Scorecard card)
    {
        var moves = card.Changes.Reverse().Where(change => change is { ChangeId: not null, IsProposal: false }).ToList();
        if (card.Thresholds.Count == 0)
        {
            return null;
        }

        var now = Place(card.At);
        var lines = card.Thresholds.TakeLast(SvgPlot.Colours).Select(one => (Threshold: one, Moves: moves.Where(move => move.Segment == one.Segment && move.Model == one.Model).ToList())).ToList();
        var begin = card.Since is { } first ? Place(first) : lines.Min(line => line.Moves.Count > 0 ? Place(line.Moves[0].At) : Place(line.Threshold.Since));
        var plot = new SvgPlot("Threshold over time", PlotAxis.Moments(begin, now), new(0, 1.2, "threshold; the top reviews everything", place => place > 1.01 ? "" : place.ToString("0.##", CultureInfo.InvariantCulture)));
        foreach (var (threshold, own) in lines)
        {
            var points = new List<(double, double)>();
            if (own is [{ Reason: not ThresholdReasons.NewModel } opening, ..])
            {
                points.Add((begin, opening.From ?? Everything));
            }

            foreach (var move in own)
            {
                points.Add((Place(move.At), move.From ?? Everything));
                points.Add((Place(move.At), move.To ?? Everything));
            }

            points.Add((own.Count > 0 ? now : Place(threshold.Since), threshold.Threshold ?? Everything));
            points.Add((now, threshold.Threshold ?? Everything));
            plot.Line(Name(threshold.Segment, threshold.Model), points);
            foreach (var move in own)
            {
                plot.Mark(Place(move.At), move.To ?? Everything, $"{ReportText.Time(move.At)}: {ReportText.Threshold(move.From)} → {ReportText.Threshold(move.To)}, {ReportText.Words(move.Reason)}, {ReportText.Whole(move.Errors)} of {ReportText.Whole(move.Outcomes)} were wrong");
            }
        }

        return plot.ToString();
    }

    /// <summary>The share that acted without waiting, over the seven days up to each day.</summary>
    public static string? StraightThrough(Scorecard card)
    {
        var days = card.Days.Where(day => day.Decisions > 0).ToList();
        if (days.Count == 0)
        {
            return null;
        }

        var plot = new SvgPlot("Straight-through rate", PlotAxis.Days(days[0].Day.DayNumber, days[^1].Day.DayNumber), PlotAxis.Share("share of decisions"));
        if (card.Metric is { Measure: MetricMeasure.StraightThroughRate } metric && (metric.AtLeast ?? metric.AtMost) is { } target)
        {
            plot.Dash(days[0].Day.DayNumber, target, Math.Max(days[^1].Day.DayNumber, days[0].Day.DayNumber + 1), target, $"target: {ReportText.Target(metric)}");
        }

        var points = new List<(ScorecardDay Day, double Rate)>();
        long decisions = 0, through = 0;
        for (int newest = 0, oldest = 0; newest < days.Count; newest++)
        {
            (decisions, through) = (decisions + days[newest].Decisions, through + days[newest].StraightThrough);
            while (days[oldest].Day.DayNumber <= days[newest].Day.DayNumber - Week)
            {
                (decisions, through) = (decisions - days[oldest].Decisions, through - days[oldest].StraightThrough);
                oldest++;
            }

            points.Add((days[newest], through / (double)decisions));
        }

        plot.Line("straight through, over 7 days", points.Select(point => ((double)point.Day.Day.DayNumber, point.Rate)));
        return points.Count > 1 ? plot.ToString() : plot.Mark(points[0].Day.Day.DayNumber, points[0].Rate, ReportText.Percent(points[0].Rate)).ToString();
    }

    /// <summary>What every threshold would let through, and how much of it would be wrong.</summary>
    public static string? RiskCoverage(Scorecard card)
    {
        var curves = card.Confidence.Where(model => model.RiskCoverage.Count > 0).TakeLast(SvgPlot.Colours).ToList();
        if (curves.Count == 0)
        {
            return null;
        }

        var highest = curves.SelectMany(curve => curve.RiskCoverage).Where(point => point.Coverage > 0.05).Select(point => point.ErrorRate).DefaultIfEmpty().Max();
        var plot = new SvgPlot("Risk and coverage", PlotAxis.Share("share of decisions let through"), PlotAxis.Share("wrong among them", 1.2 * Math.Max(highest, 2 * (card.Errors.MaxErrorRate ?? 0.01))));
        if (card.Errors.MaxErrorRate is { } limit)
        {
            plot.Dash(0, limit, 1, limit, $"at most {ReportText.Percent(limit)}");
        }

        foreach (var curve in curves)
        {
            plot.Line(Name(null, curve.Model), curve.RiskCoverage.Select(point => (point.Coverage, point.ErrorRate)));
        }

        return plot.ToString();
    }

    /// <summary>What the confidence says against what came out.</summary>
    public static string? Reliability(Scorecard card)
    {
        var models = card.Confidence.Where(model => model.Reliability.Count > 0).TakeLast(SvgPlot.Colours).ToList();
        if (models.Count == 0)
        {
            return null;
        }

        var plot = new SvgPlot("Reliability", PlotAxis.Share("confidence"), PlotAxis.Share("right")).Dash(0, 0, 1, 1, "says what it keeps");
        foreach (var model in models)
        {
            plot.Line(Name(null, model.Model), model.Reliability.Select(bin => (bin.MeanConfidence, bin.Accuracy)));
            foreach (var bin in model.Reliability)
            {
                plot.Mark(bin.MeanConfidence, bin.Accuracy, string.Create(CultureInfo.InvariantCulture, $"confidence {bin.From:0.0} to {bin.To:0.0}: {ReportText.Percent(bin.Accuracy)} right, standing for {bin.Weight:#,0} decisions"));
            }
        }

        return plot.ToString();
    }

    /// <summary>How long open reviews have been there.</summary>
    public static string? QueueAge(Scorecard card)
    {
        if (card.Queue.Ages.All(age => age.Reviews == 0))
        {
            return null;
        }

        var bars = new SvgBars("Open reviews by age", card.Queue.Ages.Max(age => age.Reviews));
        foreach (var age in card.Queue.Ages)
        {
            bars.Add(age.Age, age.Reviews, ReportText.Whole(age.Reviews));
        }

        return bars.ToString();
    }

    /// <summary>The straight-through rate of each segment.</summary>
    public static string? Segments(Scorecard card)
    {
        if (card.Segments.Count == 0 || card.Segments is [{ Name: "" }])
        {
            return null;
        }

        var bars = new SvgBars("Straight-through rate by segment", 1);
        foreach (var segment in card.Segments.Take(MostBars))
        {
            bars.Add(segment.Name.Length == 0 ? "(none)" : segment.Name, segment.Traffic.StraightThroughRate?.Value ?? 0, $"{ReportText.Percent(segment.Traffic.StraightThroughRate?.Value)} of {ReportText.Whole(segment.Traffic.Decisions)}");
        }

        return bars.ToString();
    }

    private static string Name(string? segment, string? model) => (segment, model) switch
    {
        (null, null) => "all",
        (null, _) => model,
        (_, null) => segment,
        _ => $"{segment}, {model}",
    };

    private static double Place(DateTimeOffset at) => at.UtcDateTime.Ticks / (double)TimeSpan.TicksPerDay;
}
