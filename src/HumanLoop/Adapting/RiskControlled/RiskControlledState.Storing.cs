using System.Text.Json;

namespace HumanLoop.Adapting;

internal sealed partial class RiskControlledState
{
    private RiskControlledState(RiskControlledDocument document)
    {
        _goal = document.Goal;
        _prior = BetPrior.Restore(document.Prior);
        Costs = document.Costs;
        BeginEpoch(document.Epoch);
        _mixture = new(_goal.TestedErrorRate, document.Rungs);
        (_decisions, _latestDecision, _latestCounted, _fixedAt) = (document.Decisions, document.LatestDecision, document.LatestCounted, document.FixedAt);
        foreach (var item in document.Sample ?? [])
        {
            _sample!.Restore(item);
        }

        if (document.Grid is not null)
        {
            RestoreEvidence(document);
        }

        (_node, _proposedNode, _rejectedNode, _isWithheld) = (document.Node, document.ProposedNode, document.RejectedNode, document.Withheld);
        (_declared, _forced, _mayVoid) = (document.Declared, document.Forced.Count == 0 ? null : document.Forced[0], document.MayVoid);
        _worthwhile = document.Worthwhile is { Count: > 0 } line ? line[0] : null;
        Refresh();
        (_scheduled, _auditAll) = (ReviewProbability.AtRung(document.Scheduled), document.AuditAll);
        document.Harm.CopyTo(_harm.Statistics, 0);
        _driftWarning.Sum = document.Canary;
        _audits.Overspent = document.Overspent;
    }

    /// <inheritdoc/>
    public override string Save() => JsonSerializer.Serialize(
        new RiskControlledDocument
        {
            Policy = Costs is null ? RiskControlledDocument.Plain : RiskControlledDocument.WithCosts,
            Version = RiskControlledDocument.CurrentVersion,
            Goal = _goal,
            Epoch = _epoch,
            Decisions = _decisions,
            LatestDecision = _latestDecision,
            LatestCounted = _latestCounted,
            FixedAt = _fixedAt,
            Sample = _sample?.Items,
            Grid = _grid?.Nodes,
            Starts = _grid?.Starts,
            Seen = _seen,
            Overdue = Array.TrueForAll(_overdue, count => count == 0) ? null : _overdue,
            Counts = _grid is null ? null : [.. Enumerable.Range(0, _counts.Bins).Select(bin => _counts.Bin(bin).TrimEnd(0L).ToArray())],
            Heads = _chains?.Heads.ToArray(),
            Certified = _chains is null ? null : [.. Enumerable.Range(0, _counts.Bins).Where(node => _chains.Certified[node])],
            Node = _node,
            ProposedNode = _proposedNode,
            RejectedNode = _rejectedNode,
            Withheld = _isWithheld,
            Declared = _declared,
            Forced = _forced is { } forced ? [forced] : [],
            MayVoid = _mayVoid,
            Rungs = _mixture.Rungs,
            Scheduled = _scheduled.Rung,
            Overspent = _audits.Overspent,
            AuditAll = _auditAll,
            Harm = _harm.Statistics,
            Canary = _driftWarning.Sum,
            Prior = _prior.Rows,
            Costs = Costs,
            Worthwhile = _worthwhile is { } line ? [line] : null,
        },
        AdaptingJsonContext.Default.RiskControlledDocument);

    internal static RiskControlledState Load(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var document = JsonSerializer.Deserialize(json, AdaptingJsonContext.Default.RiskControlledDocument);
            return document is { Version: RiskControlledDocument.CurrentVersion } && document.IsWhole()
                ? new(document)
                : throw new FormatException($"Expected the state of a risk-controlled threshold in version {RiskControlledDocument.CurrentVersion}.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new FormatException("Expected the state of a risk-controlled threshold: " + e.Message, e);
        }
    }

    private void RestoreEvidence(RiskControlledDocument document)
    {
        _grid = CoverageGrid.Restore(document.Grid!, document.Starts!, fromSample: _goal.Grid.Count == 0);
        _sample = null;
        BeginCounting();
        _seen = document.Seen!;
        _overdue = document.Overdue ?? _overdue;
        for (var bin = 0; bin < _counts.Bins; bin++)
        {
            var counts = document.Counts![bin];
            for (var i = 0; i < counts.Length; i++)
            {
                _counts.Add(bin, i / 2, wrong: i % 2 == 1, counts[i]);
            }
        }

        var certified = new bool[_counts.Bins];
        foreach (var node in document.Certified!)
        {
            certified[node] = true;
        }

        _chains.Restore(document.Heads, certified);
    }
}
