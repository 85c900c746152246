namespace HumanLoop;

/// <summary>Where a decision went and by what: as judged, for ever.</summary>
public sealed record RoutingReceipt
{
    /// <summary>What became of the call. <see cref="RoutingStatus.Refused"/> means that nothing was recorded.</summary>
    public required RoutingStatus Status { get; init; }

    /// <summary>The decision's id, unique in its workflow.</summary>
    public required DecisionId DecisionId { get; init; }

    /// <summary>The workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>Where it went and why.</summary>
    public required DecisionRoute Route { get; init; }

    /// <summary>The confidence that was judged; unusable when there was none.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>The threshold that it was judged by.</summary>
    public required Threshold Threshold { get; init; }

    /// <summary>The chance with which a decision at or above the threshold was drawn to be checked, in [0, 1]; 0 where the threshold let nothing through.</summary>
    public required double AuditProbability { get; init; }

    /// <summary>When it was judged.</summary>
    public required DateTimeOffset RoutedAt { get; init; }
}
