namespace HumanLoop.Journaling;

/// <summary>What of a workflow's settings its thresholds depend on, as the journal records it: with it, a replay needs no configuration.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ThresholdSettings
{
    /// <summary>The policy's name: <c>risk-controlled</c>, <c>fixed</c>, <c>streak</c>, <c>wilson</c>, <c>cost-optimal</c>, or that of the application's
    /// own.</summary>
    public required string Policy { get; init; }

    /// <summary>What the thresholds have to keep to.</summary>
    public required ThresholdGoal Goal { get; init; }

    /// <summary>Where a fixed threshold stands.</summary>
    public double? Value { get; init; }

    /// <summary>How many right answers in a row loosen a streak's threshold.</summary>
    public int? Streak { get; init; }

    /// <summary>How many outcomes a Wilson window holds.</summary>
    public int? Window { get; init; }

    /// <summary>What an error costs, in the unit of <see cref="CostOfReview"/>.</summary>
    public double? CostOfError { get; init; }

    /// <summary>What a review costs.</summary>
    public double? CostOfReview { get; init; }

    /// <summary>What shares one threshold.</summary>
    public ThresholdPer Per { get; init; }

    /// <summary>The segments in scope; empty for all.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>What a new model does.</summary>
    public OnNewModel OnNewModel { get; init; }

    /// <summary>Whether two settings are the same, segments in whatever order.</summary>
    /// <param name="other">The other settings.</param>
    /// <returns><see langword="true"/> when nothing differs.</returns>
    public bool Equals(ThresholdSettings? other) =>
        other is not null && HasPolicyOf(other) && Goal == other.Goal && Per == other.Per && OnNewModel == other.OnNewModel
        && Segments.ToHashSet(StringComparer.Ordinal).SetEquals(other.Segments);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Policy, Goal, Per, OnNewModel, Segments.Count);

    /// <summary>Whether the policy and its own numbers are the same.</summary>
    internal bool HasPolicyOf(ThresholdSettings other) =>
        Policy == other.Policy && Value == other.Value && Streak == other.Streak && Window == other.Window
        && CostOfError == other.CostOfError && CostOfReview == other.CostOfReview;
}
