using System.Globalization;
using HumanLoop.Reporting;

namespace HumanLoop.Reports;

/// <summary>Numbers and dates as people read them, the same on every surface.</summary>
internal static class ReportText
{
    public const string None = "–";

    public static string Percent(double? rate) => rate is { } known ? string.Create(CultureInfo.InvariantCulture, $"{100 * known:0.#} %") : None;

    public static string Percent(RateEstimate? rate) =>
        rate is { } known ? string.Create(CultureInfo.InvariantCulture, $"{100 * known.Value:0.#} % ({100 * known.Low:0.#}–{100 * known.High:0.#} %)") : None;

    public static string Whole(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Number(double? value) => value is { } known ? known.ToString("#,0.###", CultureInfo.InvariantCulture) : None;

    public static string Minutes(double? minutes) => minutes is not { } known ? None
        : Math.Abs(known) >= 120 ? string.Create(CultureInfo.InvariantCulture, $"{known / 60:#,0.#} h")
        : string.Create(CultureInfo.InvariantCulture, $"{known:0.#} min");

    public static string Seconds(double? seconds) => seconds is not { } known ? None
        : known < 120 ? string.Create(CultureInfo.InvariantCulture, $"{known:0.#} s")
        : known < 172_800 ? Minutes(known / 60)
        : string.Create(CultureInfo.InvariantCulture, $"{known / 86_400:0.#} d");

    public static string Date(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    public static string Threshold(double? threshold) => threshold is { } known ? known.ToString("0.####", CultureInfo.InvariantCulture) : "review everything";

    /// <summary>A value of the metric in its own unit.</summary>
    public static string Metric(ScorecardMetric metric, double? value) => metric.Measure switch
    {
        MetricMeasure.StraightThroughRate or MetricMeasure.ErrorRate => Percent(value),
        MetricMeasure.HandlingMinutes => value is null ? None : $"{Number(value)} min a decision",
        _ => Number(value),
    };

    public static string Target(ScorecardMetric metric) => Limit(metric.AtLeast, metric.AtMost, value => Metric(metric, value));

    public static string Limit(double? least, double? most, Func<double?, string> text) => least is not null ? $"at least {text(least)}" : most is not null ? $"at most {text(most)}" : None;

    /// <summary>A stable name in words: <c>too_few_outcomes</c> is "too few outcomes".</summary>
    public static string Words(string name) => name.Replace('_', ' ');
}
