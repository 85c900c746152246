namespace HumanLoop.Adapting;

/// <summary>The threshold that is earned: loosened only as far as reviewed outcomes prove, closed at once when they stop proving it.</summary>
/// <remarks>
/// <para>Promise, for each epoch: with probability at least 1 − <see cref="ThresholdGoal.Risk"/> no threshold that is ever earned lets
/// more than <see cref="ThresholdGoal.MaxErrorRate"/> wrong decisions through, however often anybody looks. It needs no calibrated and no
/// monotone confidence, only that decisions within an epoch are independent and alike. It does not hold between a real drift and its
/// alarm, for thresholds that were declared or forced, nor for single bursts of near-duplicates.</para>
/// <para>Method: e-processes of bets on importance-weighted outcomes (Waudby-Smith and Ramdas 2024; Xu, Karampatziakis and Mineiro 2024)
/// at every node of a grid, tested in fixed sequences. Outcomes count in decision order.</para>
/// </remarks>
public sealed class RiskControlledThreshold : IThresholdController
{
    /// <inheritdoc/>
    public string Policy => "risk-controlled";

    /// <inheritdoc/>
    public ThresholdState Start(ThresholdGoal goal) => Start(goal, BetPrior.None);

    /// <summary>The state before anything was observed, with bets and the start of one more chain chosen from history: it shortens the wait and cannot open a
    /// threshold.</summary>
    /// <param name="goal">What the threshold has to keep to.</param>
    /// <param name="history">Outcomes of an earlier model, a sibling segment or a selected sample; the promise holds even if they mislead.</param>
    /// <returns>A new state.</returns>
    /// <exception cref="ArgumentException">The goal has a number outside its range.</exception>
    /// <remarks>What counts is how the history ranks, not the scale of its scores: its surest tenth is taken for today's surest tenth. History of the same model
    /// that is an unselected sample of today's decisions may count as evidence instead: observe it like live decisions that were all reviewed.</remarks>
    public static ThresholdState StartWithPrior(ThresholdGoal goal, IEnumerable<(Confidence Confidence, bool WasRight)> history) => Start(goal, BetPrior.FromHistory(history));

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
    public ThresholdState Load(string json) => RiskControlledState.Load(json) is { Costs: null } state
        ? state
        : throw new FormatException($"Expected the state of the policy {Policy}.");

    private static RiskControlledState Start(ThresholdGoal goal, BetPrior prior)
    {
        ArgumentNullException.ThrowIfNull(goal);
        goal.Validate();
        return new(goal, prior, costs: null);
    }

    private static RiskControlledState Own(ThresholdState state) =>
        state is RiskControlledState { Costs: null } own ? own : throw new ArgumentException("The state belongs to another policy.", nameof(state));
}
