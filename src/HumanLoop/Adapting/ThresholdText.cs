using System.Globalization;

namespace HumanLoop.Adapting;

/// <summary>A threshold in a sentence, the same on every surface.</summary>
public static class ThresholdText
{
    /// <summary>The goal: "at most 5 % wrong, 95 % sure".</summary>
    /// <param name="goal">The goal.</param>
    /// <returns>The words.</returns>
    public static string Of(ThresholdGoal goal)
    {
        ArgumentNullException.ThrowIfNull(goal);
        return string.Create(CultureInfo.InvariantCulture, $"at most {100 * goal.MaxErrorRate:0.####} % wrong, {100 * (1 - goal.Risk):0.####} % sure");
    }

    /// <summary>A threshold, what stands behind it, or why there is none and when it will probably open.</summary>
    /// <param name="live">The threshold.</param>
    /// <param name="now">The time, for forecasts by date.</param>
    /// <returns>The sentence.</returns>
    public static string Of(LiveThreshold live, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(live);
        return Of(live, live.State is RiskControlledState state ? ThresholdForecast.Of(state) : null, now);
    }

    /// <summary>The same with a forecast that was made before.</summary>
    internal static string Of(LiveThreshold live, ThresholdForecast? forecast, DateTimeOffset now)
    {
        var (state, evidence) = (live.State, live.State.Evidence);
        var whose = (live.Segment is null ? "" : $"segment {live.Segment}, ") + (live.Model is null ? "" : $"model {live.Model}, ");
        var seen = string.Create(CultureInfo.InvariantCulture, $"{evidence.Errors} of {evidence.Outcomes} reviewed were wrong");
        var overdue = evidence.Overdue == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {evidence.Overdue} of them overdue");
        return state.Threshold.IsReviewEverything
            ? $"{whose}reviewing everything ({string.Join(", ", state.WhyClosed())}): {seen}{overdue}; goal: {Of(state.Goal)}{Forecast(live, forecast, now)}"
            : $"{whose}threshold {state.Threshold}, {Standing(live)}: {seen}{overdue}";
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

    private static string Standing(LiveThreshold live) => live.State switch
    {
        RiskControlledState { IsGuaranteeVoid: true } => "forced and looser than earned, nothing is promised",
        RiskControlledState { IsEarned: true } => $"earned ({Of(live.State.Goal)})",
        RiskControlledState => "not yet earned, every act is checked",
        _ => $"by policy {live.Policy}, which promises nothing about errors",
    };
}
