namespace HumanLoop;

/// <summary>What turned out later about the AI's original proposal: a chargeback, a complaint, a returned parcel.</summary>
/// <param name="WasRight">Whether the AI's original proposal turned out to be right.</param>
public sealed record DecisionOutcome(bool WasRight)
{
    /// <summary>When it became known.</summary>
    /// <value>The default, <see langword="null"/>, is the time of the call.</value>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>Who or what reported it.</summary>
    /// <value>At most 200 characters; the default is <see langword="null"/>.</value>
    public string? ReportedBy { get; init; }
}
