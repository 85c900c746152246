using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>What became of a transition: applied, with the item and the entry to commit together, or refused, with the reason.</summary>
/// <param name="Status">Applied, or why not.</param>
/// <param name="Item">The item after it; when refused, the item as it stands, or <see langword="null"/> where there is none.</param>
/// <param name="Entry">The journal entry to commit with it; <see langword="null"/> when refused, and where only the outbox was emptied.</param>
public sealed record TransitionResult(TransitionStatus Status, WorkItem? Item, JournalEntry? Entry)
{
    /// <summary>No such decision.</summary>
    public static TransitionResult NotFound { get; } = new(TransitionStatus.NotFound, null, null);

    /// <summary>Whether it happened.</summary>
    public bool IsApplied => Status == TransitionStatus.Applied;
}
