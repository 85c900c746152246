namespace HumanLoop.Testing;

/// <summary>A decision that a model made and whose truth is known.</summary>
public sealed record RecordedDecision
{
    /// <summary>Unique in its stream.</summary>
    public required DecisionId Id { get; init; }

    /// <summary>What a router knew at decision time; <see langword="null"/> for none.</summary>
    public string? Segment { get; init; }

    /// <summary>The input; <see langword="null"/> where the stream has none.</summary>
    public string? Text { get; init; }

    /// <summary>The model's answer.</summary>
    public required string Predicted { get; init; }

    /// <summary>The model's own confidence; <see langword="null"/> where it gave none.</summary>
    public Confidence? Confidence { get; init; }

    /// <summary>The right answer.</summary>
    public required string Truth { get; init; }

    /// <summary>Whether the model's answer is the right one, character by character.</summary>
    public bool IsRight => Predicted == Truth;
}
