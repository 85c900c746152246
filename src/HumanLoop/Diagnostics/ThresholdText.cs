using System.Globalization;
using HumanLoop.Adapting;

namespace HumanLoop.Diagnostics;

/// <summary>A threshold in a sentence, the same on every surface.</summary>
internal static class ThresholdText
{
    /// <summary>The goal: "at most 5 % wrong, 95 % sure".</summary>
    public static string Of(ThresholdGoal goal) => string.Create(CultureInfo.InvariantCulture, $"at most {100 * goal.MaxErrorRate:0.####} % wrong, {100 * (1 - goal.Risk):0.####} % sure");

    /// <summary>A threshold, what stands behind it, or why there is none.</summary>
    public static string Of(LiveThreshold live)
    {
        var (state, evidence) = (live.State, live.State.Evidence);
        var whose = (live.Segment is null ? "" : $"segment {live.Segment}, ") + (live.Model is null ? "" : $"model {live.Model}, ");
        var seen = string.Create(CultureInfo.InvariantCulture, $"{evidence.Errors} of {evidence.Outcomes} reviewed were wrong");
        var overdue = evidence.Overdue == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {evidence.Overdue} of them overdue");
        return state.Threshold.IsReviewEverything
            ? $"{whose}reviewing everything ({string.Join(", ", state.WhyClosed())}): {seen}{overdue}; goal: {Of(state.Goal)}"
            : $"{whose}threshold {state.Threshold}, {Standing(live)}: {seen}{overdue}";
    }

    private static string Standing(LiveThreshold live) => live.State switch
    {
        RiskControlledState { IsGuaranteeVoid: true } => "forced and looser than earned, nothing is promised",
        RiskControlledState { IsEarned: true } => $"earned ({Of(live.State.Goal)})",
        RiskControlledState => "not yet earned, every act is checked",
        _ => $"by policy {live.Policy}, which promises nothing about errors",
    };
}
