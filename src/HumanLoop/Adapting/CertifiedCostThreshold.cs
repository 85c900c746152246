namespace HumanLoop.Adapting;

/// <summary>Lets through what costs less to get wrong than to review, and never more than the evidence has earned: the stricter of <see cref="CostOptimalThreshold"/> and <see cref="RiskControlledThreshold"/>.</summary>
/// <remarks>Keeps the promise of the second, since anything stricter than what is certified may be in force. It does not promise that the costs come out lowest: the first fits its map to 500 outcomes.</remarks>
public sealed class CertifiedCostThreshold : IThresholdController
{
    private readonly RiskControlledThreshold _risk = new();
    private readonly CostOptimalThreshold _cost;

    /// <summary>Weighs the cost of an error against that of a review, within the goal.</summary>
    /// <param name="errorCost">The cost of a wrong act, above 0, in the unit of <paramref name="reviewCost"/>.</param>
    /// <param name="reviewCost">The cost of a review, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A cost is outside its range.</exception>
    public CertifiedCostThreshold(double errorCost, double reviewCost) => _cost = new(errorCost, reviewCost);

    /// <inheritdoc/>
    public string Policy => ThresholdControllers.CostOptimal;

    /// <inheritdoc/>
    public ThresholdState Start(ThresholdGoal goal) => new CertifiedCostState((RiskControlledState)_risk.Start(goal), _cost.Start(goal));

    /// <inheritdoc/>
    public ThresholdStep Next(ThresholdState state, in ThresholdObservation observation)
    {
        var own = Own(state);
        var (before, epoch) = (own.Threshold, own.Epoch);
        var change = _risk.Next(own.Risk, observation).Change;
        if (own.Risk.Epoch != epoch)
        {
            // Whatever ended the evidence of one, an alarm, a model or a goal, ends that of the other.
            _cost.Next(own.Cost, ThresholdObservation.EpochEnds(change?.Reason ?? ThresholdReasons.NewGoal));
        }
        else if (observation.Kind is ThresholdObservationKind.DecisionMade or ThresholdObservationKind.OutcomeCounted)
        {
            _cost.Next(own.Cost, observation);
        }

        return new(own, own.ChangeFrom(before, change));
    }

    /// <inheritdoc/>
    public ThresholdStep Recount(ThresholdState state, IEnumerable<ThresholdObservation> counted)
    {
        ArgumentNullException.ThrowIfNull(counted);
        var own = Own(state);
        var before = own.Threshold;
        ThresholdObservation[] outcomes = [.. counted];
        var change = _risk.Recount(own.Risk, outcomes).Change;
        _cost.Recount(own.Cost, outcomes);
        return new(own, own.ChangeFrom(before, change));
    }

    /// <inheritdoc/>
    public ThresholdState Load(string json) => CertifiedCostState.Load(json, _risk, _cost);

    private static CertifiedCostState Own(ThresholdState state) =>
        state as CertifiedCostState ?? throw new ArgumentException("The state belongs to another policy.", nameof(state));
}
