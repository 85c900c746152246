using System.Globalization;

namespace HumanLoop.Reporting;

/// <summary>Numbers and dates in the sentence of advice.</summary>
internal static class AdviceText
{
    private const string None = "–";

    public static string Percent(double rate) => string.Create(CultureInfo.InvariantCulture, $"{100 * rate:0.#} %");

    public static string Whole(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Number(double? value) => value is { } known ? known.ToString("#,0.###", CultureInfo.InvariantCulture) : None;

    public static string Date(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A value of the metric in its own unit.</summary>
    public static string Metric(ScorecardMetric metric, double? value) => value is not { } known ? None : metric.Measure switch
    {
        MetricMeasure.StraightThroughRate or MetricMeasure.ErrorRate => Percent(known),
        MetricMeasure.HandlingMinutes => $"{Number(known)} min a decision",
        _ => Number(known),
    };

    public static string Target(ScorecardMetric metric) => Limit(metric.AtLeast, metric.AtMost, value => Metric(metric, value));

    public static string Limit(double? least, double? most, Func<double?, string> text) => least is not null ? $"at least {text(least)}" : most is not null ? $"at most {text(most)}" : None;
}
