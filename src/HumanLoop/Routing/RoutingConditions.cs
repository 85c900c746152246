using System.Collections.Frozen;

namespace HumanLoop.Routing;

/// <summary>Everything that judging a decision needs, as of one moment. Immutable: the routing path reads one reference and never a lock.</summary>
internal sealed class RoutingConditions
{
    private static readonly DecisionRoute Paused = DecisionRoute.Review(RouteReasons.Paused);
    private static readonly DecisionRoute Shadow = DecisionRoute.Review(RouteReasons.Shadow);

    private readonly ThresholdsInForce _thresholds;
    private readonly DecisionRoute? _everythingReviewed;

    public RoutingConditions(ThresholdsInForce thresholds, bool paused, bool shadow, IEnumerable<string> scope, AuditDraw draw)
    {
        _thresholds = thresholds;
        Draw = draw;
        var segments = scope.ToFrozenSet(StringComparer.Ordinal);
        Scope = segments.Count == 0 ? null : segments;
        IsPaused = paused;
        IsShadow = shadow;
        _everythingReviewed = shadow ? Shadow : paused ? Paused : null;
    }

    /// <summary>The draw that decides what is checked.</summary>
    public AuditDraw Draw { get; }

    /// <summary>The segments in scope; null for all.</summary>
    public FrozenSet<string>? Scope { get; }

    /// <summary>Whether everything goes to a person for now.</summary>
    public bool IsPaused { get; }

    /// <summary>Whether nothing ever acts.</summary>
    public bool IsShadow { get; }

    /// <summary>The lines in force, by segment and model.</summary>
    public ThresholdsInForce Thresholds => _thresholds;

    /// <summary>Whether a segment is in scope.</summary>
    public bool Covers(string? segment) => Scope is null || (segment is not null && Scope.Contains(segment));

    /// <summary>The line that a decision is judged by; what is out of scope, and reviewed whatever it says, by the shared one.</summary>
    public RoutingThreshold LineFor(string? segment, string? model) => Covers(segment) ? _thresholds.For(segment, model) : _thresholds.Shared(model);

    /// <summary>The lowest review probability in force for anything at or above a line.</summary>
    public ReviewProbability LowestAt(RoutingThreshold line) => _everythingReviewed is null ? line.Lowest : ReviewProbability.Always;

    /// <summary>Judges a usable confidence that no rule has an opinion on.</summary>
    public Judgement Judge(RoutingThreshold line, DecisionId id, Confidence confidence) =>
        _everythingReviewed is { } reviewed
            ? new(reviewed, true, ReviewProbability.Always)
            : line.Judge(Draw, id, confidence);
}
