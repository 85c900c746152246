using HumanLoop.Journaling;

namespace HumanLoop.Adapting;

/// <summary>The stored shape of what a workflow's bodies of evidence have in common.</summary>
internal sealed record LearningDocument
{
    /// <summary>The document's name in the store.</summary>
    public const string Name = "learning";

    /// <summary>The version of its shape.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Every record up to this position of the journal has been taken in by whatever it concerns.</summary>
    public long Position { get; init; }

    public ThresholdSettings? Settings { get; init; }

    /// <summary>The segments that were in scope when the evidence began; null for all.</summary>
    public IReadOnlyList<string>? Founders { get; init; }

    public IReadOnlyList<string> Split { get; init; } = [];

    public int LastNumber { get; init; }

    public IReadOnlyList<GroupDocument> Groups { get; init; } = [];
}
