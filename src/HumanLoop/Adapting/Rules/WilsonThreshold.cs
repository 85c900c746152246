namespace HumanLoop.Adapting;

/// <summary>The loosest threshold whose error rate among the newest outcomes has a Wilson upper limit (1927, one-sided 95 %) within the goal.</summary>
/// <remarks>Promises nothing: the limit is for one look and this looks after every outcome, so it breaks its goal sooner or later; and it weighs checked and
/// always reviewed decisions alike, which makes it look worse or better than it is.</remarks>
public sealed class WilsonThreshold : IThresholdController
{
    private readonly int _window;

    /// <summary>Judges by the newest outcomes.</summary>
    /// <param name="window">How many outcomes, from 1 to 2,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is outside its range.</exception>
    public WilsonThreshold(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, WilsonRule.LargestWindow);
        _window = window;
    }

    /// <inheritdoc/>
    public string Policy => "wilson";

    /// <inheritdoc/>
    public ThresholdState Start(ThresholdGoal goal) => new RuleState(goal, NewRule());

    /// <inheritdoc/>
    public ThresholdStep Next(ThresholdState state, in ThresholdObservation observation) => RuleState.Next(state, observation);

    /// <inheritdoc/>
    public ThresholdStep Recount(ThresholdState state, IEnumerable<ThresholdObservation> counted) => RuleState.Recount(state, counted);

    /// <inheritdoc/>
    public ThresholdState Load(string json) => RuleState.Load(json, NewRule());

    private WilsonRule NewRule() => new(_window);
}
