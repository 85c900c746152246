using System.Globalization;
using HumanLoop.Adapting;

namespace HumanLoop.Observing;

/// <summary>A threshold in a sentence, the same on every surface.</summary>
internal static class ThresholdText
{
    /// <summary>A threshold, what stands behind it, or why there is none and when there will probably be one.</summary>
    public static string Of(LiveThreshold live, ThresholdForecast? forecast, DateTimeOffset now)
    {
        var evidence = live.Evidence;
        var whose = (live.Segment is null ? "" : $"segment {live.Segment}, ") + (live.Model is null ? "" : $"model {live.Model}, ");
        var seen = string.Create(CultureInfo.InvariantCulture, $"{evidence.Errors} of {evidence.Outcomes} reviewed were wrong");
        var overdue = evidence.Overdue == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {evidence.Overdue} of them overdue");
        return live.Threshold.IsReviewEverything
            ? $"{whose}reviewing everything ({string.Join(", ", live.WhyClosed)}): {seen}{overdue}; goal: {live.Goal}{Forecast(live, forecast, now)}"
            : $"{whose}threshold {live.Threshold}, {Standing(live)}: {seen}{overdue}";
    }

    /// <summary>When a closed threshold will probably open, with dates once there is a pace to go by.</summary>
    private static string Forecast(LiveThreshold live, ThresholdForecast? forecast, DateTimeOffset now)
    {
        if (forecast is null)
        {
            return "";
        }

        if (forecast is not { P10: { } soon, P50: not null })
        {
            return string.Create(CultureInfo.InvariantCulture, $"; forecast: not within the next {ThresholdForecast.Horizon} decisions");
        }

        var late = forecast.P90;
        var days = (now - live.Since).TotalDays;
        var perDay = days > 0.5 ? forecast.Decisions / days : 0;
        var decisions = string.Create(CultureInfo.InvariantCulture, $"; forecast: opens after {soon}–{(late is { } most ? $"{most}" : $"{ThresholdForecast.Horizon}+")} more decisions");
        return perDay == 0
            ? decisions
            : string.Create(CultureInfo.InvariantCulture, $"{decisions}, at {perDay:0.#} a day between {Day(soon)} and {(late is { } last ? Day(last) : "much later")}");

        string Day(int ahead) => now.AddDays(Math.Min(ahead / perDay, 36_500)).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
    }

    private static string Standing(LiveThreshold live) => live switch
    {
        { IsGuaranteeVoid: true } => "forced and looser than earned, nothing is promised",
        { HasPromise: true, IsEarned: true } => $"earned ({live.Goal})",
        { HasPromise: true } => "not yet earned, every act is checked",
        _ => $"by policy {live.Policy}, which promises nothing about errors",
    };
}
