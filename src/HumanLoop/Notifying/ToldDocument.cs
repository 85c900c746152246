namespace HumanLoop.Notifying;

/// <summary>The stored shape of what a workflow's owner was told of its scorecard, so that each is told once by all processes.</summary>
internal sealed record ToldDocument
{
    /// <summary>The document's name in the store.</summary>
    public const string Name = "scorecard-told";

    /// <summary>The version of its shape.</summary>
    public int Version { get; init; } = 1;

    public bool TargetReached { get; init; }

    public bool GuardMissed { get; init; }
}
