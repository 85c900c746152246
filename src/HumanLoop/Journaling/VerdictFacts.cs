namespace HumanLoop.Journaling;

/// <summary>A verdict without its payload: what the journal keeps for ever.</summary>
public sealed record VerdictFacts
{
    /// <summary>What the reviewer found.</summary>
    public required VerdictKind Kind { get; init; }

    /// <summary>Who decided.</summary>
    public required string Reviewer { get; init; }

    /// <summary>The reason code; <see langword="null"/> for none.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the AI's original proposal was right.</summary>
    public required bool WasRight { get; init; }

    /// <summary>SHA-256 of the corrected proposal in canonical form, 64 hex digits; <see langword="null"/> when it was no correction.</summary>
    public string? CorrectionFingerprint { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether two reviewers found the same: the same kind, the same correction, and the same of the AI's proposal.</summary>
    /// <param name="other">What the other found.</param>
    /// <returns><see langword="true"/> when the two agree.</returns>
    public bool FindsTheSameAs(VerdictFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Kind == other.Kind && WasRight == other.WasRight && CorrectionFingerprint == other.CorrectionFingerprint;
    }
}
