namespace HumanLoop.Queueing;

/// <summary>What a decision says, as opposed to what happened to it: everything that erasure removes.</summary>
/// <remarks>Immutable. JSON is UTF-8.</remarks>
public sealed record WorkPayload
{
    /// <summary>The AI's proposal, JSON.</summary>
    public required ReadOnlyMemory<byte> Proposal { get; init; }

    /// <summary>The confidence of each field; <see langword="null"/> for none.</summary>
    public IReadOnlyDictionary<string, Confidence>? Fields { get; init; }

    /// <summary>What the reviewer reads.</summary>
    public string? Briefing { get; init; }

    /// <summary>The document or ticket.</summary>
    public Uri? Link { get; init; }

    /// <summary>Whose data it is.</summary>
    public string? Subject { get; init; }

    /// <summary>The reviewer's version, JSON; empty for none.</summary>
    public ReadOnlyMemory<byte> Correction { get; init; }

    /// <summary>The reviewer's comment.</summary>
    public string? Comment { get; init; }

    /// <summary>What the last failed attempt said; shown with a dead letter.</summary>
    public string? LastError { get; init; }

    /// <summary>What the votes say, in their order, where several reviewers must agree.</summary>
    public IReadOnlyList<VotePayload> Votes { get; init; } = [];

    /// <summary>What people wrote on it, oldest first.</summary>
    public IReadOnlyList<ReviewNote> Notes { get; init; } = [];
}
