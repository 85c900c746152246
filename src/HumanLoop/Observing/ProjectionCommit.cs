using HumanLoop.Journaling;

namespace HumanLoop.Observing;

/// <summary>What one projection adds to a commit.</summary>
/// <param name="Documents">Documents to write.</param>
/// <param name="Entries">Entries to journal.</param>
internal sealed record ProjectionCommit(IReadOnlyList<StateWrite> Documents, IReadOnlyList<JournalEntry> Entries)
{
    public static ProjectionCommit Nothing { get; } = new([], []);
}
