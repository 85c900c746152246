namespace HumanLoop.AspNetCore.Api;

/// <summary>A threshold as it is now, with the evidence behind it and the same in a sentence.</summary>
internal sealed record LiveThresholdJson
{
    public string? Segment { get; init; }

    public string? Model { get; init; }

    public required string Policy { get; init; }

    public double? Threshold { get; init; }

    public required bool IsEarned { get; init; }

    public required bool IsGuaranteeVoid { get; init; }

    public required IReadOnlyList<string> WhyClosed { get; init; }

    public required EvidenceJson Evidence { get; init; }

    public required double AuditProbability { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required int Waiting { get; init; }

    public string? ProposalId { get; init; }

    public required string Says { get; init; }

    public static LiveThresholdJson Of(LiveThreshold live) => new()
    {
        Segment = live.Segment,
        Model = live.Model,
        Policy = live.Policy,
        Threshold = Number(live.Threshold),
        IsEarned = live.IsEarned,
        IsGuaranteeVoid = live.IsGuaranteeVoid,
        WhyClosed = live.WhyClosed,
        Evidence = EvidenceJson.Of(live.Evidence),
        AuditProbability = live.AuditProbability.Value,
        Since = live.Since,
        Waiting = live.Waiting,
        ProposalId = live.ProposalId,
        Says = live.Says,
    };

    /// <summary>A threshold as a number; absent where it lets nothing through.</summary>
    public static double? Number(Threshold threshold) => threshold.IsReviewEverything ? null : threshold.Value;
}
