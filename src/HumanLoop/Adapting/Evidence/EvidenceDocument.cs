using System.Text.Json;

namespace HumanLoop.Adapting;

/// <summary>The stored shape of an <see cref="EvidenceGroup"/>.</summary>
internal sealed record EvidenceDocument
{
    public int Version { get; init; } = 1;

    public required long LastPosition { get; init; }

    public required long EpochSince { get; init; }

    public int EpochsBefore { get; init; }

    public int Changes { get; init; }

    public string? ProposalId { get; init; }

    public IReadOnlyDictionary<string, double[]> Segments { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Where the rest of what waits is; null when all of it stands in <see cref="Evidence"/>.</summary>
    public AsideDocument? Aside { get; init; }

    /// <summary>What the sequencer saves.</summary>
    public required JsonElement Evidence { get; init; }
}
