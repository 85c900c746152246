namespace HumanLoop.Adapting;

/// <summary>Lets through what costs less to get wrong than to review, where the chance of an error is at most the review's cost ÷ the error's cost, and never more than the error rate allows.</summary>
/// <remarks>
/// <para>Reviews the first 500 outcomes of an epoch, fits the chance of being right to them by isotonic regression (Ayer et al. 1955,
/// Annals of Mathematical Statistics 26), and keeps that map for the epoch. The threshold in force is the stricter of the map's and of
/// what <see cref="RiskControlledThreshold"/> would have earned, so it keeps that promise and closes with the same alarm; its state is
/// a <see cref="RiskControlledState"/> as well.</para>
/// <para>Does not promise that the costs are least: 500 outcomes fit a map roughly, a verdict that is corrected later does not move it,
/// and it does not follow a drift that stays within the error rate. With <see cref="KeepsMaxErrorRate"/> off it promises nothing about
/// errors either.</para>
/// </remarks>
public sealed class CostOptimalThreshold : IThresholdController
{
    private readonly CostBalance _costs;

    /// <summary>Weighs the cost of an error against that of a review.</summary>
    /// <param name="errorCost">The cost of a wrong act, above 0, in the unit of <paramref name="reviewCost"/>.</param>
    /// <param name="reviewCost">The cost of a review, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A cost is outside its range.</exception>
    public CostOptimalThreshold(double errorCost, double reviewCost)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(errorCost);
        ArgumentOutOfRangeException.ThrowIfNegative(reviewCost);
        _costs = new(errorCost, reviewCost);
    }

    /// <summary>Whether <see cref="ThresholdGoal.MaxErrorRate"/> is kept too, whatever the costs say.</summary>
    /// <value>The default is <see langword="true"/>. <see langword="false"/> goes by the costs alone and promises nothing.</value>
    public bool KeepsMaxErrorRate { get; init; } = true;

    /// <inheritdoc/>
    public string Policy => ThresholdControllers.CostOptimal;

    /// <inheritdoc/>
    public ThresholdState Start(ThresholdGoal goal)
    {
        if (!KeepsMaxErrorRate)
        {
            return new RuleState(goal, new CostRule(_costs));
        }

        ArgumentNullException.ThrowIfNull(goal);
        goal.Validate();
        return new RiskControlledState(goal, BetPrior.None, _costs);
    }

    /// <inheritdoc/>
    public ThresholdStep Next(ThresholdState state, in ThresholdObservation observation) =>
        state is RiskControlledState { Costs: not null } own ? new(own, own.Next(observation)) : RuleState.Next(state, observation);

    /// <inheritdoc/>
    public ThresholdStep Recount(ThresholdState state, IEnumerable<ThresholdObservation> counted)
    {
        ArgumentNullException.ThrowIfNull(counted);
        return state is RiskControlledState { Costs: not null } own ? new(own, own.Recount(counted)) : RuleState.Recount(state, counted);
    }

    /// <inheritdoc/>
    /// <remarks>The costs are those that the state began with.</remarks>
    public ThresholdState Load(string json)
    {
        if (!KeepsMaxErrorRate)
        {
            return RuleState.Load(json, new CostRule(_costs));
        }

        return RiskControlledState.Load(json) is { Costs: not null } state
            ? state
            : throw new FormatException($"Expected the state of the policy {Policy}.");
    }
}
