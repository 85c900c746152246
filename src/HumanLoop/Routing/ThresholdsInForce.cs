using System.Collections.Frozen;
using HumanLoop.Adapting;

namespace HumanLoop.Routing;

/// <summary>The lines of one workflow, by segment and model. Immutable: the routing path reads it without a lock.</summary>
internal sealed class ThresholdsInForce
{
    private static readonly RoutingThreshold Closed = new(Threshold.ReviewEverything, ReviewProbability.Always, epoch: 1);
    private static readonly RoutingThreshold ClosedOwn = new(Threshold.ReviewEverything, ReviewProbability.Always, epoch: 1, isOwn: true);

    private readonly FrozenDictionary<Key, RoutingThreshold> _lines;
    private readonly FrozenDictionary<string, RoutingThreshold> _newModelOfSegment;
    private readonly FrozenSet<string>? _founders;
    private readonly FrozenSet<string> _split;
    private readonly bool _perSegment;
    private readonly RoutingThreshold _newModel;

    // Nearly always there is one line for everything: it is asked first, without hashing.
    private readonly RoutingThreshold? _only;
    private readonly string? _onlyModel;

    /// <summary>One line for everything, whatever its segment and model.</summary>
    public ThresholdsInForce(RoutingThreshold line)
    {
        (_lines, _newModelOfSegment, _split) = (FrozenDictionary<Key, RoutingThreshold>.Empty, FrozenDictionary<string, RoutingThreshold>.Empty, FrozenSet<string>.Empty);
        (_newModel, _only) = (line, line);
    }

    /// <summary>What the evidence writer published, not below a bound.</summary>
    public ThresholdsInForce(ThresholdsDocument document, double neverBelow)
    {
        _lines = document.Lines.ToFrozenDictionary(line => new Key(line.IsOwn, line.Segment, line.Model), line => Line(line, neverBelow));
        _newModelOfSegment = document.NewModelOfSegment.ToFrozenDictionary(line => line.Segment ?? "", line => Line(line, neverBelow), StringComparer.Ordinal);
        _founders = document.Founders?.ToFrozenSet(StringComparer.Ordinal);
        _split = document.Split.ToFrozenSet(StringComparer.Ordinal);
        _perSegment = document.PerSegment;
        _newModel = document.NewModel is { } line ? Line(line, neverBelow) : _perSegment ? ClosedOwn : Closed;
        if (!_perSegment && _founders is null && _split.Count == 0 && document.Lines is [{ } only])
        {
            (_only, _onlyModel) = (_lines.Values[0], only.Model);
        }
    }

    /// <summary>All lines, with the segment and the model that they are for.</summary>
    public IEnumerable<KeyValuePair<Key, RoutingThreshold>> Lines => _lines.Count == 0 && _only is { } only ? [new(default, only)] : _lines;

    /// <summary>The line that a decision is judged by.</summary>
    public RoutingThreshold For(string? segment, string? model)
    {
        if (_only is { } only && (_lines.Count == 0 || string.Equals(model, _onlyModel, StringComparison.Ordinal)))
        {
            return only;
        }

        var own = IsOwn(segment);
        return _lines.TryGetValue(new(own, own ? segment : null, model), out var line) ? line
            : !own ? _newModel
            : _newModelOfSegment.TryGetValue(segment ?? "", out var known) ? known
            : _perSegment && IsFounder(segment) ? _newModel
            : ClosedOwn;
    }

    /// <summary>The line that segments share.</summary>
    public RoutingThreshold Shared(string? model) =>
        _only is { } only && (_lines.Count == 0 || string.Equals(model, _onlyModel, StringComparison.Ordinal)) ? only
        : _lines.TryGetValue(new(false, null, model), out var line) ? line
        : _perSegment ? Closed
        : _newModel;

    private static RoutingThreshold Line(ThresholdsDocument.LineDocument line, double neverBelow) =>
        new RoutingThreshold(line.Threshold, ReviewProbability.AtRung(line.AuditRung), line.Epoch, line.IsOwn, line.AuditReason ?? RouteReasons.AuditDraw).NotBelow(neverBelow);

    private bool IsOwn(string? segment) => _perSegment || !IsFounder(segment) || (segment is not null && _split.Contains(segment));

    private bool IsFounder(string? segment) => _founders is null || (segment is not null && _founders.Contains(segment));

    /// <summary>Whose line it is.</summary>
    /// <param name="IsOwn">Whether it is a segment's own.</param>
    /// <param name="Segment">That segment.</param>
    /// <param name="Model">The model.</param>
    internal readonly record struct Key(bool IsOwn, string? Segment, string? Model);
}
