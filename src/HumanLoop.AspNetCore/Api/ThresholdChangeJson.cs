namespace HumanLoop.AspNetCore.Api;

/// <summary>One change of a threshold, or a proposal to change it.</summary>
internal sealed record ThresholdChangeJson
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Segment { get; init; }

    public string? Model { get; init; }

    public double? From { get; init; }

    public double? To { get; init; }

    public required string Reason { get; init; }

    public required EvidenceJson Evidence { get; init; }

    public required string Goal { get; init; }

    public string? Actor { get; init; }

    public required bool IsProposal { get; init; }

    public required bool GuaranteeVoid { get; init; }

    public static ThresholdChangeJson Of(RecordedThresholdChange changed) => new()
    {
        Id = changed.Id,
        At = changed.At,
        Segment = changed.Segment,
        Model = changed.Model,
        From = LiveThresholdJson.Number(changed.Change.From),
        To = LiveThresholdJson.Number(changed.Change.To),
        Reason = changed.Change.Reason,
        Evidence = EvidenceJson.Of(changed.Change.Evidence),
        Goal = changed.Change.Goal.ToString(),
        Actor = changed.Change.Actor,
        IsProposal = changed.Change.IsProposal,
        GuaranteeVoid = changed.Change.GuaranteeVoid,
    };
}
