namespace HumanLoop.Adapting;

/// <summary>Lets through what costs less to get wrong than to review: where the chance of an error is at most the review's cost ÷ the error's cost.</summary>
/// <remarks>
/// Reviews the first 500 decisions of an epoch, fits the chance of being right to them by isotonic regression (Ayer et al. 1955,
/// Annals of Mathematical Statistics 26), and keeps that map for the epoch. Promises nothing about an error rate, and 500 outcomes fit
/// a map roughly. To keep a promise as well, use <see cref="CertifiedCostThreshold"/>.
/// </remarks>
public sealed class CostOptimalThreshold : IThresholdController
{
    private readonly CostBalance _costs;

    /// <summary>Weighs the cost of an error against that of a review.</summary>
    /// <param name="errorCost">The cost of a wrong act, above 0 and finite, in the unit of <paramref name="reviewCost"/>.</param>
    /// <param name="reviewCost">The cost of a review, 0 or more and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A cost is outside its range.</exception>
    public CostOptimalThreshold(double errorCost, double reviewCost)
    {
        _costs = CostBalance.Of(errorCost, reviewCost);
    }

    /// <inheritdoc/>
    public string Policy => "cost-optimal";

    /// <inheritdoc/>
    public ThresholdState Start(ThresholdGoal goal) => new RuleState(goal, NewRule());

    /// <inheritdoc/>
    public ThresholdStep Next(ThresholdState state, in ThresholdObservation observation) => RuleState.Next(state, observation);

    /// <inheritdoc/>
    public ThresholdStep Recount(ThresholdState state, IEnumerable<ThresholdObservation> counted) => RuleState.Recount(state, counted);

    /// <inheritdoc/>
    public ThresholdState Load(string json) => RuleState.Load(json, NewRule());

    private CostRule NewRule() => new(_costs);
}
