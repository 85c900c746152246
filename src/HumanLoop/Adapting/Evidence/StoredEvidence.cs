using System.Text.Json;
using HumanLoop.Journaling;

namespace HumanLoop.Adapting;

/// <summary>A body of evidence as a store has it.</summary>
/// <param name="Document">Its own document.</param>
/// <param name="Version">That document's version.</param>
/// <param name="Aside">The documents of what waits, by their numbers; null where only their count is wanted.</param>
internal sealed record StoredEvidence(EvidenceDocument Document, long Version, IReadOnlyList<StateDocument>? Aside)
{
    /// <exception cref="FormatException">It is of another version.</exception>
    public static StoredEvidence Of(GroupDocument about, StateDocument stored) =>
        JsonSerializer.Deserialize(stored.Value, AdaptingJsonContext.Default.EvidenceDocument) is { Version: 1 } document
            ? new(document, stored.Version, document.Aside is null ? [] : null)
            : throw new FormatException($"'{about.Document}' is of a newer version. Upgrade the library.");
}
