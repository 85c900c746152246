namespace HumanLoop.Extensions.AI;

/// <summary>What a method found out about one answer.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ConfidenceEstimate
{
    /// <summary>How sure to be of the answer as a whole.</summary>
    /// <value>The default, <see langword="null"/>, leaves it to the weakest of <see cref="Fields"/>.</value>
    public Confidence? Confidence { get; init; }

    /// <summary>How sure to be of each field, by its path, such as <c>total</c> or <c>lines.0.amount</c>.</summary>
    /// <value>The default, <see langword="null"/>, means that the answer is not taken apart.</value>
    public IReadOnlyDictionary<string, Confidence>? Fields { get; init; }

    /// <summary>One number for it all: <see cref="Confidence"/>, else the weakest field's; unusable when there is neither.</summary>
    public Confidence Overall => Confidence ?? (Fields is { Count: > 0 } fields ? fields.Values.Min() : HumanLoop.Confidence.Unusable);

    /// <summary>An estimate that says nothing; the decision goes to a person.</summary>
    internal static ConfidenceEstimate Unusable { get; } = new() { Confidence = HumanLoop.Confidence.Unusable };
}
