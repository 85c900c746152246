namespace HumanLoop;

/// <summary>What an erasure did.</summary>
/// <param name="Erased">How many decisions' data it erased.</param>
/// <param name="StillOpen">Decisions that have not come to their end: withdraw or decide them, then erase again.</param>
public sealed record ErasureResult(int Erased, IReadOnlyList<ReviewId> StillOpen);
