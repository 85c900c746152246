using HumanLoop.Journaling;

namespace HumanLoop.Adapting;

/// <summary>What a body of evidence is about, in the list of a workflow's.</summary>
/// <param name="Number">Its number in the workflow, from 1; never used again.</param>
/// <param name="IsOwn">Whether it is a segment's own.</param>
/// <param name="Segment">That segment.</param>
/// <param name="Model">The model.</param>
/// <param name="Since">The journal position before the record that it began with.</param>
/// <param name="TakesStart">Whether the start that the owner declares is for it: it was there from the beginning.</param>
/// <param name="Kept">The threshold that it was handed by the model before it, to be checked wholly.</param>
internal sealed record GroupDocument(int Number, bool IsOwn, string? Segment, string? Model, long Since, bool TakesStart, Threshold Kept)
{
    /// <summary>The name of its document in the store.</summary>
    public string Document => $"evidence/{Number}";

    /// <summary>The goal as it is for this one.</summary>
    public ThresholdGoal GoalOf(ThresholdSettings settings) => settings.Goal with { Start = TakesStart ? settings.Goal.Start : Kept };
}
