using System.Text.Json;

namespace HumanLoop;

/// <summary>What a reviewer found: <see cref="Approved"/>, <see cref="Corrected"/>, <see cref="Rejected"/> or <see cref="Abstained"/>.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>Who decided.</summary>
    /// <value>Set by the desk from the call's reviewer, whatever is given here.</value>
    public string Reviewer { get; init; } = "";

    /// <summary>A reason code, such as <c>duplicate</c>; reasons can be configured to say that the proposal was right.</summary>
    /// <value>At most 100 characters; the default is <see langword="null"/>.</value>
    public string? Reason { get; init; }

    /// <summary>Free text for readers of the record. It is payload: erased with the decision's data.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? Comment { get; init; }

    /// <summary>The proposal is right as it stands; it acts.</summary>
    public sealed record Approved : Verdict;

    /// <summary>The reviewer's own version acts instead.</summary>
    /// <param name="Proposal">The corrected proposal as JSON of the workflow's type; checked before it is committed.</param>
    public sealed record Corrected(JsonElement Proposal) : Verdict
    {
        /// <summary>Only the wording changed, the decision was right: not counted as an error of the AI.</summary>
        /// <value>The default is <see langword="false"/>: the workflow's <c>CountAsErrorWhen</c> says.</value>
        public bool WordingOnly { get; init; }
    }

    /// <summary>The proposal must not act.</summary>
    public sealed record Rejected : Verdict
    {
        /// <summary>The AI's proposal was right, and the case was not: a customer withdrew, a duplicate. Not counted as an error. On a review that is here because an
        /// attempt ended unknown (<c>outcome_unknown</c>) it says that the effect did take place: nothing more is done.</summary>
        /// <value>The default is <see langword="false"/>: a rejection counts as an error of the AI.</value>
        public bool ProposalWasRight { get; init; }
    }

    /// <summary>The reviewer cannot say. The review goes to another person, and after that it escalates.</summary>
    public sealed record Abstained : Verdict;
}
