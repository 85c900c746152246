namespace HumanLoop.Journaling;

/// <summary>One decision from before the library was there, by the same model and from an unselected sample, whose truth is known: it counts like a reviewed
/// one.</summary>
public sealed record EvidenceImported : JournalEntry
{
    /// <summary>The model.</summary>
    public string? Model { get; init; }

    /// <summary>The segment.</summary>
    public string? Segment { get; init; }

    /// <summary>The confidence.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>Whether the AI was right.</summary>
    public required bool WasRight { get; init; }
}
