using System.Text.Json;

namespace HumanLoop;

/// <summary>One decision as a reviewer sees it; untyped, so that one inbox serves every workflow.</summary>
public sealed record Review
{
    /// <summary>Which decision of which workflow.</summary>
    public required ReviewId Id { get; init; }

    /// <summary>Where the review stands.</summary>
    public required DecisionState State { get; init; }

    /// <summary>The fence: hand it back with a verdict. One more at each claim, lost lease, verdict, undo and escalation.</summary>
    public required long Revision { get; init; }

    /// <summary>Whether the reviewer is to answer without knowing what the AI said. Until it is decided, everything that could tell is blank: proposal,
    /// confidence, threshold, fields, segment, model, reason (<c>blind</c>), whether it is a check, effect and attempts.</summary>
    /// <value>Answer with <see cref="Verdict.Corrected"/> and the proposal that you would have made, or reject the case. The default is
    /// <see langword="false"/>.</value>
    public bool IsBlind { get; init; }

    /// <summary>The slice of traffic; <see langword="null"/> for none, and while blind.</summary>
    public string? Segment { get; init; }

    /// <summary>The model and prompt version; <see langword="null"/> for none, and while blind.</summary>
    public string? Model { get; init; }

    /// <summary>The AI's proposal as JSON; <see langword="null"/> once erased, and while blind.</summary>
    public JsonElement? Proposal { get; init; }

    /// <summary>The reviewer's version, where the verdict was a correction; <see langword="null"/> while undecided.</summary>
    public JsonElement? Correction { get; init; }

    /// <summary>The confidence that was judged; unusable when there was none.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>The threshold that it was judged by.</summary>
    public required Threshold Threshold { get; init; }

    /// <summary>The confidence of each field; <see langword="null"/> for none.</summary>
    public IReadOnlyDictionary<string, Confidence>? Fields { get; init; }

    /// <summary>Why it is here, in snake_case.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether the proposal has already acted and this is a check of it.</summary>
    public required bool IsAudit { get; init; }

    /// <summary>What the reviewer reads; treat it as hostile text.</summary>
    public string? Briefing { get; init; }

    /// <summary>The document or ticket.</summary>
    public Uri? Link { get; init; }

    /// <summary>When the decision was routed.</summary>
    public required DateTimeOffset RoutedAt { get; init; }

    /// <summary>By when a person should have answered; <see langword="null"/> once no person further up is left to tell.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Whether <see cref="Due"/> passed without a verdict.</summary>
    public required bool IsOverdue { get; init; }

    /// <summary>Higher is more urgent; 0 by default.</summary>
    public required int Priority { get; init; }

    /// <summary>Who alone may claim it; <see langword="null"/> for anybody.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>The skills that a reviewer needs to be offered it, in ordinal order.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>How many reviewers must find the same.</summary>
    /// <value>The default is 1.</value>
    public int Reviewers { get; init; } = 1;

    /// <summary>How many have voted so far.</summary>
    /// <value>The default is 0; it stays 0 where one reviewer decides.</value>
    public int VoteCount { get; init; }

    /// <summary>Whether the votes differ: the next person to decide, who has not voted, settles it.</summary>
    public bool IsContested { get; init; }

    /// <summary>What each of several reviewers found. Empty until it is decided and can no longer be taken back: no reviewer sees another's vote before.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<Verdict> Votes { get; init; } = [];

    /// <summary>What people wrote on it, oldest first.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<ReviewNote> Notes { get; init; } = [];

    /// <summary>The decision that this one took the place of; empty for none.</summary>
    public DecisionId Supersedes { get; init; }

    /// <summary>The decision that took its place; empty for none.</summary>
    public DecisionId SupersededBy { get; init; }

    /// <summary>Who holds it now, and until when; <see langword="null"/> when it is free.</summary>
    public ReviewLease? Lease { get; init; }

    /// <summary>What was decided; <see langword="null"/> while undecided.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Which of the handler's methods is due, under way or a dead letter.</summary>
    /// <value>The default is <see cref="Effect.None"/>.</value>
    public Effect Effect { get; init; }

    /// <summary>How many attempts at the effect have begun.</summary>
    /// <value>The default is 0.</value>
    public int Attempts { get; init; }

    /// <summary>What the last failed attempt said. It is payload: erased with the decision's data.</summary>
    /// <value>The default, <see langword="null"/>, is that none failed.</value>
    public string? LastError { get; init; }
}
