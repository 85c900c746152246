using HumanLoop.Journaling;

namespace HumanLoop.Adapting;

/// <summary>The controllers by the names that settings give them.</summary>
internal static class ThresholdControllers
{
    public const string RiskControlled = "risk-controlled";
    public const string Fixed = "fixed";
    public const string Streak = "streak";
    public const string Wilson = "wilson";
    public const string CostOptimal = "cost-optimal";

    /// <summary>Makes the controller that settings name; an application's own is handed in.</summary>
    /// <exception cref="InvalidOperationException">The name is of a controller that is not here.</exception>
    public static IThresholdController Create(ThresholdSettings settings, IThresholdController? own) => settings.Policy switch
    {
        _ when own is not null && own.Policy == settings.Policy => own,
        RiskControlled => new RiskControlledThreshold(),
        Fixed => new FixedThreshold(settings.Value is { } value ? new(value) : Threshold.ReviewEverything),
        Streak => new StreakThreshold(settings.Streak!.Value),
        Wilson => new WilsonThreshold(settings.Window!.Value),
        CostOptimal => new CertifiedCostThreshold(settings.CostOfError!.Value, settings.CostOfReview!.Value),
        _ => throw new InvalidOperationException($"The journal speaks of the threshold policy '{settings.Policy}', which is not registered here. Register it with UseThreshold, or use the application that has it."),
    };
}
