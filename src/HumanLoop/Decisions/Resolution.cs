namespace HumanLoop;

/// <summary>How a decision ended, handed to the handler that makes it so.</summary>
/// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
public sealed record Resolution<TProposal>
{
    /// <summary>The decision as it was routed, with the AI's own proposal.</summary>
    public required Decision<TProposal> Decision { get; init; }

    /// <summary>What is to take effect: the proposal as approved or corrected.</summary>
    public required TProposal Proposal { get; init; }

    /// <summary>What the reviewer found; <see langword="null"/> when it acted alone or expired.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Which of the handler's methods this resolution is for.</summary>
    public required Effect Effect { get; init; }

    /// <summary>The same on every attempt: <c>{workflow}/{decisionId}/act</c>, <c>/decline</c> or <c>/compensate</c>. Hand it to whatever you call, so that a
    /// repeated attempt has one effect.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Which attempt this is, from 1.</summary>
    public required int Attempt { get; init; }
}
