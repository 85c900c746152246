namespace HumanLoop.Adapting;

/// <summary>A threshold that the owner chose and that no outcome moves.</summary>
/// <remarks>Promises nothing: not that the error rate is what was hoped, and not that anybody notices when it no longer is. The evidence beside it shows what
/// it lets through, with a limit that holds at all times.</remarks>
public sealed class FixedThreshold : IThresholdController
{
    private readonly Threshold _threshold;

    /// <summary>Keeps one threshold for ever.</summary>
    /// <param name="threshold">The threshold.</param>
    public FixedThreshold(Threshold threshold) => _threshold = threshold;

    /// <inheritdoc/>
    public string Policy => "fixed";

    /// <inheritdoc/>
    public ThresholdState Start(ThresholdGoal goal) => new RuleState(goal, NewRule());

    /// <inheritdoc/>
    public ThresholdStep Next(ThresholdState state, in ThresholdObservation observation) => RuleState.Next(state, observation);

    /// <inheritdoc/>
    public ThresholdStep Recount(ThresholdState state, IEnumerable<ThresholdObservation> counted) => RuleState.Recount(state, counted);

    /// <inheritdoc/>
    public ThresholdState Load(string json) => RuleState.Load(json, NewRule());

    private FixedRule NewRule() => new(_threshold);
}
