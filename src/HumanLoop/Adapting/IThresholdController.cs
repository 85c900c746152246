namespace HumanLoop.Adapting;

/// <summary>Learns where the threshold may lie: numbers in, numbers out, without a clock, chance or I/O.</summary>
/// <remarks>
/// The same observations in the same order give the same states and changes, whether or not the state was saved and loaded in between.
/// It never admits an unusable confidence. One instance may serve any number of states, from any number of threads.
/// </remarks>
/// <example>
/// A policy that never moves, with the state that it saves:
/// <code>
/// internal sealed class HalfWay : IThresholdController
/// {
///     public string Policy => "half-way";
///
///     public ThresholdState Start(ThresholdGoal goal) => new HalfWayState(goal);
///
///     public ThresholdStep Next(ThresholdState state, in ThresholdObservation observation) => new(state, null);
///
///     public ThresholdStep Recount(ThresholdState state, IEnumerable&lt;ThresholdObservation&gt; counted) => new(state, null);
///
///     public ThresholdState Load(string json) => HalfWayState.Parse(json);
/// }
///
/// builder.Services.AddHumanLoop().AddWorkflow&lt;Refund&gt;("refund", refund => refund.UseThreshold&lt;HalfWay&gt;());
/// </code>
/// The conformance cases of HumanLoop.Testing tell whether a controller keeps its contract.
/// </example>
public interface IThresholdController
{
    /// <summary>The policy's name in configuration and records, for example <c>risk-controlled</c>.</summary>
    string Policy { get; }

    /// <summary>The state before anything was observed.</summary>
    /// <param name="goal">What the threshold has to keep to.</param>
    /// <returns>A new state.</returns>
    /// <exception cref="ArgumentException">The goal has a number outside its range.</exception>
    ThresholdState Start(ThresholdGoal goal);

    /// <summary>Takes an observation into account.</summary>
    /// <param name="state">The state, which this uses up: go on with the one that is returned.</param>
    /// <param name="observation">What happened.</param>
    /// <returns>The state from now on and the change of the threshold, if any.</returns>
    ThresholdStep Next(ThresholdState state, in ThresholdObservation observation);

    /// <summary>Builds the evidence of the epoch anew, after a verdict was corrected from right to wrong, and withdraws what no longer stands.</summary>
    /// <param name="state">The state, which this uses up.</param>
    /// <param name="counted">The <see cref="ThresholdObservationKind.OutcomeCounted"/> observations of the epoch so far, in decision order, with the verdicts as
    /// they stand now.</param>
    /// <returns>The state from now on and the tightening, if any; it never loosens.</returns>
    ThresholdStep Recount(ThresholdState state, IEnumerable<ThresholdObservation> counted);

    /// <summary>Reads what <see cref="ThresholdState.Save"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The state.</returns>
    /// <exception cref="FormatException">It is not a state of this policy, or of a version that this one cannot read.</exception>
    ThresholdState Load(string json);
}
