namespace HumanLoop.Journaling;

/// <summary>What reviewers should find on a golden item. It tells how well people review, and nothing of the AI.</summary>
public sealed record GoldenAnswer
{
    /// <summary>The right verdict.</summary>
    public required VerdictKind Kind { get; init; }

    /// <summary>Whether the proposal that is shown is right.</summary>
    public required bool WasRight { get; init; }

    /// <summary>SHA-256 of the right proposal in canonical form, where the right verdict is a correction.</summary>
    public string? CorrectionFingerprint { get; init; }

    /// <summary>Whether it is shown as a check of what has acted, which it never has.</summary>
    public bool AsCheck { get; init; }
}
