namespace HumanLoop.Adapting;

/// <summary>Lets through what costs less to get wrong than to review, and never more than the evidence has earned: the stricter of
/// <see cref="CostOptimalThreshold"/> and <see cref="RiskControlledThreshold"/>.</summary>
/// <remarks>
/// Keeps the promise of the second and closes with the same alarm, since anything stricter than what is certified may be in force; its
/// state is a <see cref="RiskControlledState"/> as well. It does not promise that the costs come out lowest: the map is fitted to the
/// first 500 outcomes of an epoch, roughly, at the thresholds of the grid, and neither a verdict that is corrected later nor a drift
/// that stays within the goal moves it. Nothing is earned before those 500 outcomes.
/// </remarks>
public sealed class CertifiedCostThreshold : IThresholdController
{
    private readonly CostBalance _costs;

    /// <summary>Weighs the cost of an error against that of a review, within the goal.</summary>
    /// <param name="errorCost">The cost of a wrong act, above 0 and finite, in the unit of <paramref name="reviewCost"/>.</param>
    /// <param name="reviewCost">The cost of a review, 0 or more and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A cost is outside its range.</exception>
    public CertifiedCostThreshold(double errorCost, double reviewCost)
    {
        _costs = CostBalance.Of(errorCost, reviewCost);
    }

    /// <inheritdoc/>
    public string Policy => ThresholdControllers.CostOptimal;

    /// <inheritdoc/>
    public ThresholdState Start(ThresholdGoal goal)
    {
        ArgumentNullException.ThrowIfNull(goal);
        goal.Validate();
        return new RiskControlledState(goal, BetPrior.None, _costs);
    }

    /// <inheritdoc/>
    public ThresholdStep Next(ThresholdState state, in ThresholdObservation observation)
    {
        var own = Own(state);
        return new(own, own.Next(observation));
    }

    /// <inheritdoc/>
    public ThresholdStep Recount(ThresholdState state, IEnumerable<ThresholdObservation> counted)
    {
        ArgumentNullException.ThrowIfNull(counted);
        var own = Own(state);
        return new(own, own.Recount(counted));
    }

    /// <inheritdoc/>
    /// <remarks>The costs are those that the state began with.</remarks>
    public ThresholdState Load(string json) => RiskControlledState.Load(json) is { Costs: not null } state
        ? state
        : throw new FormatException($"Expected the state of the policy {Policy} within the goal.");

    private static RiskControlledState Own(ThresholdState state) =>
        state is RiskControlledState { Costs: not null } own ? own : throw new ArgumentException("The state belongs to another policy.", nameof(state));
}
