namespace HumanLoop.Routing;

/// <summary>What the decisions of one body of evidence are judged by: a threshold and how much of what passes it is checked. Immutable.</summary>
internal sealed class RoutingThreshold
{
    private static readonly DecisionRoute BelowThreshold = DecisionRoute.Review(RouteReasons.BelowThreshold);
    private static readonly DecisionRoute NotYetEarned = DecisionRoute.Review(RouteReasons.NotYetEarned);

    private readonly DecisionRoute _audited;

    public RoutingThreshold(Threshold threshold, ReviewProbability audit, int epoch, bool isOwn = false, string auditReason = RouteReasons.AuditDraw)
    {
        Threshold = threshold;
        Audit = audit;
        Epoch = epoch;
        IsOwn = isOwn;
        _audited = auditReason == RouteReasons.AuditDraw ? DecisionRoute.Audit : DecisionRoute.Of(RouteKind.Audit, auditReason);
    }

    /// <summary>The threshold in force.</summary>
    public Threshold Threshold { get; }

    /// <summary>With what chance a decision at or above the threshold is checked.</summary>
    public ReviewProbability Audit { get; }

    /// <summary>The body of evidence that decisions belong to now.</summary>
    public int Epoch { get; }

    /// <summary>Whether the segment has evidence of its own.</summary>
    public bool IsOwn { get; }

    /// <summary>The lowest review probability in force for anything at or above the loosest threshold.</summary>
    public ReviewProbability Lowest => Threshold.IsReviewEverything ? ReviewProbability.Always : Audit;

    /// <summary>The same line, not below a bound.</summary>
    public RoutingThreshold NotBelow(double bound) =>
        Threshold.IsReviewEverything || Threshold.Value >= bound ? this : new(new(bound), Audit, Epoch, IsOwn, _audited.Reason);

    /// <summary>Judges a usable confidence that no rule has an opinion on.</summary>
    public Judgement Judge(AuditDraw draw, DecisionId id, Confidence confidence)
    {
        if (!Threshold.Admits(confidence))
        {
            return new(Threshold.IsReviewEverything ? NotYetEarned : BelowThreshold, true, ReviewProbability.Always);
        }

        return draw.Draws(id, Audit)
            ? new(_audited, true, Audit)
            : new(DecisionRoute.StraightThrough, true, Audit);
    }
}
