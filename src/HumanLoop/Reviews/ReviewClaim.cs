namespace HumanLoop;

/// <summary>Which free reviews a reviewer would take.</summary>
public sealed record ReviewClaim
{
    /// <summary>Of one workflow; <see langword="null"/> for any.</summary>
    public string? Workflow { get; init; }

    /// <summary>Of these workflows, for a reviewer who may see only some; empty for any. With <see cref="Workflow"/>, both hold.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<string> Workflows { get; init; } = [];

    /// <summary>Of one segment; <see langword="null"/> for any.</summary>
    public string? Segment { get; init; }

    /// <summary>What the reviewer can do: a review that requires more is not offered, unless it is assigned to the reviewer.</summary>
    /// <value>Codes as in <see cref="Decision{TProposal}.Requires"/>; the default is none.</value>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>How many at most: 1 to 100; the default is 1.</summary>
    public int Limit { get; init; } = 1;
}
