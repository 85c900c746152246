using System.Collections.Frozen;

namespace HumanLoop.Routing;

/// <summary>Everything that judging a decision needs, as of one moment. Immutable: the routing path reads one reference and never a lock.</summary>
internal sealed class RoutingConditions
{
    private static readonly DecisionRoute BelowThreshold = DecisionRoute.Review(RouteReasons.BelowThreshold);
    private static readonly DecisionRoute NotYetEarned = DecisionRoute.Review(RouteReasons.NotYetEarned);
    private static readonly DecisionRoute Paused = DecisionRoute.Review(RouteReasons.Paused);
    private static readonly DecisionRoute Shadow = DecisionRoute.Review(RouteReasons.Shadow);

    private readonly DecisionRoute? _everythingReviewed;

    public RoutingConditions(Threshold threshold, ReviewProbability audit, bool paused, bool shadow, IEnumerable<string> scope, AuditDraw draw, int epoch = 0)
    {
        Threshold = threshold;
        Audit = audit;
        Draw = draw;
        Epoch = epoch;
        var segments = scope.ToFrozenSet(StringComparer.Ordinal);
        Scope = segments.Count == 0 ? null : segments;
        IsPaused = paused;
        IsShadow = shadow;
        _everythingReviewed = shadow ? Shadow : paused ? Paused : threshold.IsReviewEverything ? NotYetEarned : null;
    }

    /// <summary>The threshold in force.</summary>
    public Threshold Threshold { get; }

    /// <summary>With what chance a decision at or above the threshold is checked.</summary>
    public ReviewProbability Audit { get; }

    /// <summary>The draw that decides which.</summary>
    public AuditDraw Draw { get; }

    /// <summary>The body of evidence that decisions belong to now.</summary>
    public int Epoch { get; }

    /// <summary>The segments in scope; null for all.</summary>
    public FrozenSet<string>? Scope { get; }

    /// <summary>Whether everything goes to a person for now.</summary>
    public bool IsPaused { get; }

    /// <summary>Whether nothing ever acts.</summary>
    public bool IsShadow { get; }

    /// <summary>The lowest review probability in force for anything at or above the loosest threshold.</summary>
    public ReviewProbability Lowest => _everythingReviewed is null ? Audit : ReviewProbability.Always;

    /// <summary>Whether a segment is in scope.</summary>
    public bool Covers(string? segment) => Scope is null || (segment is not null && Scope.Contains(segment));

    /// <summary>Judges a usable confidence that no rule has an opinion on.</summary>
    public Judgement Judge(DecisionId id, Confidence confidence)
    {
        if (_everythingReviewed is { } reviewed)
        {
            return new(reviewed, true, ReviewProbability.Always);
        }

        if (!Threshold.Admits(confidence))
        {
            return new(BelowThreshold, true, ReviewProbability.Always);
        }

        return Draw.Draws(id, Audit)
            ? new(DecisionRoute.Audit, true, Audit)
            : new(DecisionRoute.StraightThrough, true, Audit);
    }
}
