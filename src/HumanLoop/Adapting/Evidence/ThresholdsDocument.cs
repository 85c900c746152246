namespace HumanLoop.Adapting;

/// <summary>What the evidence writer publishes for every process that routes: the lines of one workflow as one small document.</summary>
internal sealed record ThresholdsDocument
{
    /// <summary>The document's name in the store.</summary>
    public const string Name = "thresholds";

    /// <summary>The version of its shape.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The settings that it was made for.</summary>
    public required string Policy { get; init; }

    /// <summary>Where a fixed threshold stands in those settings.</summary>
    public double? Value { get; init; }

    /// <summary>Whether every segment has a threshold of its own.</summary>
    public bool PerSegment { get; init; }

    /// <summary>The segments that were there when the evidence began; null for all.</summary>
    public IReadOnlyList<string>? Founders { get; init; }

    /// <summary>Segments that once shared the threshold and have one of their own since an alarm.</summary>
    public IReadOnlyList<string> Split { get; init; } = [];

    /// <summary>The lines.</summary>
    public IReadOnlyList<LineDocument> Lines { get; init; } = [];

    /// <summary>For a model that is new to the shared threshold, or with each segment for itself to a segment that is new.</summary>
    public LineDocument? NewModel { get; init; }

    /// <summary>For a model that is new to a segment with a threshold of its own.</summary>
    public IReadOnlyList<LineDocument> NewModelOfSegment { get; init; } = [];

    /// <summary>One line.</summary>
    /// <param name="IsOwn">Whether it is a segment's own.</param>
    /// <param name="Segment">That segment.</param>
    /// <param name="Model">The model.</param>
    /// <param name="Threshold">The threshold in force.</param>
    /// <param name="AuditRung">The rung of the audit probability.</param>
    /// <param name="Epoch">The body of evidence.</param>
    /// <param name="AuditReason">Why what passes is checked, where it is not by chance.</param>
    internal sealed record LineDocument(bool IsOwn, string? Segment, string? Model, Threshold Threshold, int AuditRung, int Epoch, string? AuditReason);
}
