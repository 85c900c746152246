using System.Text.Json;

namespace HumanLoop;

/// <summary>A review whose answer is known.</summary>
/// <param name="Proposal">What is shown as the AI's proposal: JSON of the workflow's type. Plant wrong ones too, for only they tell what people
/// overlook.</param>
/// <param name="Answer">The right verdict: approved, corrected to the right proposal, or rejected.</param>
public sealed record GoldenItem(JsonElement Proposal, Verdict Answer)
{
    /// <summary>Its id. Make it look like the others'.</summary>
    /// <value>The default is a new UUIDv7.</value>
    public DecisionId Id { get; init; } = DecisionId.New();

    /// <summary>The confidence that is shown.</summary>
    /// <value>The default, <see langword="null"/>, shows a decision without a score.</value>
    public Confidence? Confidence { get; init; }

    /// <summary>The segment that is shown.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? Segment { get; init; }

    /// <summary>The model that is shown.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? Model { get; init; }

    /// <summary>What the reviewer reads.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? Briefing { get; init; }

    /// <summary>The document or ticket.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public Uri? Link { get; init; }

    /// <summary>The skills that a reviewer needs.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Whether it is shown as a check of what has acted. What people overlook in checks is what weakens a threshold's promise.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AsCheck { get; init; }
}
