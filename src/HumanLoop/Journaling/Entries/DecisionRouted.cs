using System.Text.Json.Serialization;

namespace HumanLoop.Journaling;

/// <summary>A decision was judged and recorded: everything that learning from it will need, fixed before anybody knows whether it was right.</summary>
public sealed record DecisionRouted : JournalEntry
{
    /// <summary>Where it went and why.</summary>
    public required DecisionRoute Route { get; init; }

    /// <summary>The confidence that was judged.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>The threshold that it was judged by.</summary>
    public required Threshold Threshold { get; init; }

    /// <summary>The slice of traffic.</summary>
    public string? Segment { get; init; }

    /// <summary>The model and prompt version.</summary>
    public string? Model { get; init; }

    /// <summary>Which body of evidence the decision belongs to; evidence of another epoch is not mixed with it.</summary>
    public int Epoch { get; init; }

    /// <summary>Whether its segment is judged by a threshold of its own, with evidence of its own.</summary>
    public bool OwnEvidence { get; init; }

    /// <summary>Whether it could have gone straight through: false when a rule, the scope or a missing confidence sent it to a person, and it then enters no
    /// count.</summary>
    public required bool Eligible { get; init; }

    /// <summary>The probability with which a person looks at this decision.</summary>
    public required ReviewProbability ReviewProbability { get; init; }

    /// <summary>The lowest review probability in force, at that moment, for anything at or above the loosest threshold.</summary>
    public required ReviewProbability LowestProbability { get; init; }

    /// <summary>SHA-256 of the proposal in canonical form, 64 hex digits.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether the workflow was in shadow mode: nothing ever acts on the decision.</summary>
    public bool Shadow { get; init; }

    /// <summary>Whether the workflow has a handler that the library calls; else the caller acts.</summary>
    public bool Handled { get; init; }

    /// <summary>By when a reviewer should answer; <see langword="null"/> when no person is asked.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>When a missing answer begins to count as wrong; <see langword="null"/> when no person is asked.</summary>
    public DateTimeOffset? EvidenceDue { get; init; }

    /// <summary>The process that acts at once; <see langword="null"/> when nothing acts at once.</summary>
    public string? Holder { get; init; }

    /// <summary>Until when that process holds the act.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Whether its reviewer is shown neither proposal nor confidence, reason or route, until it is decided.</summary>
    public bool Blind { get; init; }

    /// <summary>How many reviewers must agree; 0 and 1 are one.</summary>
    public int Reviewers { get; init; }

    /// <summary>The skills that a reviewer needs, in ordinal order with a space between; <see langword="null"/> for none.</summary>
    public string? Requires { get; init; }

    /// <summary>The decision that this one took the place of; empty for none.</summary>
    public DecisionId Supersedes { get; init; }

    /// <summary>What a golden item's answer is known to be; <see langword="null"/> for a decision of the AI.</summary>
    public GoldenAnswer? Golden { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the call that routed it, for the span link.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Whether a person looks at this decision: it is under review, or was drawn to be checked.</summary>
    [JsonIgnore]
    public bool IsDrawn => Route.Kind != RouteKind.StraightThrough;
}
