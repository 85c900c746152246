namespace HumanLoop;

/// <summary>What an AI wants to do, how sure it is, and what a reviewer needs to judge it.</summary>
/// <typeparam name="TProposal">The caller's type for what is proposed; it must survive JSON.</typeparam>
/// <param name="Proposal">What the AI proposes to do.</param>
public sealed record Decision<TProposal>(TProposal Proposal)
{
    /// <summary>The idempotency key, unique in its workflow.</summary>
    /// <value>The caller's own key if it has one; the default is a new UUIDv7, so that routing the same object again is safe.</value>
    public DecisionId Id { get; init; } = DecisionId.New();

    /// <summary>How sure the AI is.</summary>
    /// <value>The default, <see langword="null"/>, means that it has no score: <see cref="Fields"/> or the workflow's confidence source does, else a person
    /// looks.</value>
    public Confidence? Confidence { get; init; }

    /// <summary>For documents: the confidence of each field. The weakest counts, unless <see cref="Confidence"/> is given.</summary>
    /// <value>Field name to confidence; the default is <see langword="null"/>.</value>
    public IReadOnlyDictionary<string, Confidence>? Fields { get; init; }

    /// <summary>A slice of the traffic that is known when deciding, such as the predicted intent or the customer tier. Never derive it from the truth.</summary>
    /// <value>At most 200 characters; the default, <see langword="null"/>, is no segment.</value>
    public string? Segment { get; init; }

    /// <summary>Which model and prompt version made the proposal. A new one is a new score, whose trust is earned anew.</summary>
    /// <value>At most 200 characters; the default, <see langword="null"/>, is one unnamed model.</value>
    public string? Model { get; init; }

    /// <summary>What the reviewer reads beside the proposal.</summary>
    /// <value>Plain text; treated as hostile wherever it is shown. The default is <see langword="null"/>.</value>
    public string? Briefing { get; init; }

    /// <summary>The document or ticket that the decision is about.</summary>
    /// <value>An absolute http or https address; the default is <see langword="null"/>.</value>
    public Uri? Link { get; init; }

    /// <summary>Whose data the decision holds, so that it can be erased on request.</summary>
    /// <value>The caller's own key of that person; the default is <see langword="null"/>.</value>
    public string? Subject { get; init; }

    /// <summary>The skills that a reviewer needs, should a person look: <see cref="ReviewClaim.Skills"/> must have them all.</summary>
    /// <value>At most 10 codes of 1 to 64 characters without white space; kept in the journal. The default is none.</value>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>An earlier decision of the workflow that this one takes the place of. That one is withdrawn before this one is recorded; where it has acted
    /// already, a person looks at this one (<c>supersedes_acted</c>).</summary>
    /// <value>The default, empty, is none.</value>
    public DecisionId Supersedes { get; init; }
}
