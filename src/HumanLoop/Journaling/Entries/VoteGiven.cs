namespace HumanLoop.Journaling;

/// <summary>A reviewer has voted and more must agree, or the votes differ and another person decides. The vote that settles a review is a
/// <see cref="VerdictGiven"/>.</summary>
public sealed record VoteGiven : JournalEntry
{
    /// <summary>What was found.</summary>
    public required VerdictFacts Verdict { get; init; }

    /// <summary>Whether it differs from a vote before: the next person to decide, who has not voted, settles the review.</summary>
    public bool Differs { get; init; }

    /// <summary>Who alone decides, when votes differ; null for anybody who has not voted.</summary>
    public string? EscalatedTo { get; init; }

    /// <summary>By when that person should answer; null where nothing changes.</summary>
    public DateTimeOffset? Due { get; init; }
}
