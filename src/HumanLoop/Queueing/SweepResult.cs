using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>What a sweep did.</summary>
/// <param name="Entries">What happened, in order.</param>
/// <param name="Forgotten">How many closed items were deleted.</param>
/// <param name="More">Whether more was due than fitted into one commit.</param>
public sealed record SweepResult(IReadOnlyList<JournalEntry> Entries, int Forgotten, bool More);
