namespace HumanLoop.Adapting;

/// <summary>One step looser after N right outcomes in a row at or above the next step, one step stricter after a wrong act.</summary>
/// <remarks>Promises nothing: it settles where a streak comes about half of the time, at an error rate of about 0.7/N, whatever the goal says; and it is
/// fooled by scores that are wrong when surest.</remarks>
public sealed class StreakThreshold : IThresholdController
{
    private readonly int _length;

    /// <summary>Moves one step after so many right outcomes in a row.</summary>
    /// <param name="length">The length of a streak, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1.</exception>
    public StreakThreshold(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _length = length;
    }

    /// <inheritdoc/>
    public string Policy => "streak";

    /// <inheritdoc/>
    public ThresholdState Start(ThresholdGoal goal) => new RuleState(goal, NewRule());

    /// <inheritdoc/>
    public ThresholdStep Next(ThresholdState state, in ThresholdObservation observation) => RuleState.Next(state, observation);

    /// <inheritdoc/>
    public ThresholdStep Recount(ThresholdState state, IEnumerable<ThresholdObservation> counted) => RuleState.Recount(state, counted);

    /// <inheritdoc/>
    public ThresholdState Load(string json) => RuleState.Load(json, NewRule());

    private StreakRule NewRule() => new(_length);
}
