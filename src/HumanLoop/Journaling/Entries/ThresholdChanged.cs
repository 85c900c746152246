namespace HumanLoop.Journaling;

/// <summary>A threshold changed, or a change was proposed: what, why, by whom, on which evidence, for which goal.</summary>
public sealed record ThresholdChanged : JournalEntry
{
    /// <summary>The change's name, unique in its workflow.</summary>
    public required string ChangeId { get; init; }

    /// <summary>The segment whose own threshold it is; <see langword="null"/> for the one that is shared.</summary>
    public string? Segment { get; init; }

    /// <summary>The model whose decisions it is about.</summary>
    public string? Model { get; init; }

    /// <summary>The change.</summary>
    public required ThresholdChange Change { get; init; }
}
