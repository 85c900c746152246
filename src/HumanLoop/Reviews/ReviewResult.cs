namespace HumanLoop;

/// <summary>What became of a reviewer's request. Work that moved on is a status, never an exception.</summary>
/// <param name="Status">Applied, or why not.</param>
/// <param name="Review">The review as it stands now; <see langword="null"/> when there is none.</param>
/// <param name="Problem">For <see cref="TransitionStatus.InvalidProposal"/>: what is wrong with the correction; else <see langword="null"/>.</param>
public sealed record ReviewResult(TransitionStatus Status, Review? Review, string? Problem = null)
{
    /// <summary>Whether it happened.</summary>
    public bool IsApplied => Status == TransitionStatus.Applied;
}
