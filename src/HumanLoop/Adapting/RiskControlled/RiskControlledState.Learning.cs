using System.Diagnostics.CodeAnalysis;

namespace HumanLoop.Adapting;

internal sealed partial class RiskControlledState
{
    // The risk of the present epoch: all of it, or a share of which all epochs together use no more than the whole.
    private double EpochRisk => _goal.StrictEpochs ? _goal.Risk / (_epoch * (_epoch + 1.0)) : _goal.Risk;

    /// <summary>Takes a prior for the present epoch, of which nothing has been seen yet.</summary>
    internal void BeginWith(BetPrior prior)
    {
        _prior = prior;
        BeginEpoch(_epoch);
    }

    internal ThresholdChange? Made(in ReviewedDecision decision)
    {
        if (decision.Epoch != _epoch)
        {
            return null;
        }

        _latestDecision = decision.Sequence;
        _decisions++;
        if (decision.IsEligible && decision.Confidence.IsUsable)
        {
            if (_grid is null)
            {
                _sample!.Add(decision.Sequence, decision.Confidence.Value);
                if (_sample.IsFull)
                {
                    FixGrid();
                }
            }
            else
            {
                See(_grid.BinOf(decision.Confidence.Value));
            }
        }

        if (_decisions % AuditSchedule.Period != 0)
        {
            return null;
        }

        ScheduleAudits();
        return _isWithheld ? Loosen() : null;
    }

    internal ThresholdChange? Arrived(in ReviewedDecision decision, bool wasRight)
    {
        if (decision.Epoch != _epoch || !decision.IsEvidence)
        {
            return null;
        }

        if (decision.IsStraightThrough)
        {
            _auditAll = Math.Max(0, _auditAll - 1);
            _harm.Observe(!wasRight);
            if (_harm.Alarms && !_threshold.IsReviewEverything)
            {
                return EndEpoch(ThresholdReasons.DriftAlarm, keepsThreshold: false, actor: null);
            }

            if (_harm.Suspects)
            {
                _auditAll = Math.Max(_auditAll, HarmDetector.SuspicionAudits);
            }
        }

        if (_grid is not null)
        {
            var bin = _grid.BinOf(decision.Confidence.Value);
            if (bin < _counts.Bins && _driftWarning.Observe(!wasRight, _counts.Right(bin), _counts.Wrong(bin)))
            {
                _auditAll = Math.Max(_auditAll, DriftWarning.WarningAudits);
            }
        }

        return null;
    }

    internal ThresholdChange? Counted(in ReviewedDecision decision, bool wasRight, bool isOverdue)
    {
        if (decision.Epoch != _epoch || !decision.IsEvidence)
        {
            return null;
        }

        var from = _threshold;
        _latestCounted = decision.Sequence;
        if (_grid is null)
        {
            _sample!.Mark(decision.Sequence, isOverdue ? GridSample.Answer.Overdue : wasRight ? GridSample.Answer.Right : GridSample.Answer.Wrong);
            return null;
        }

        Count(decision, wasRight, isOverdue);
        if (decision.Sequence < _fixedAt)
        {
            return null;
        }

        var certified = _chains!.Advance();
        var weighed = WeighCosts();
        if (_threshold > from)
        {
            // A declared start that is not worth its errors gives way; what is certified follows.
            _isWithheld = true;
            return Change(from, ThresholdReasons.PolicyRule, actor: null);
        }

        return certified || weighed ? Loosen() : null;
    }

    internal ThresholdChange? Corrected(in ReviewedDecision decision, bool wasRight, bool wasOverdue)
    {
        if (decision.Epoch != _epoch || !decision.IsEvidence)
        {
            return null;
        }

        if (_grid is null)
        {
            _sample!.Mark(decision.Sequence, wasRight ? GridSample.Answer.Right : GridSample.Answer.Wrong);
            return null;
        }

        var bin = _grid.BinOf(decision.Confidence.Value);
        if (bin >= _counts.Bins || IsLeftOut(decision))
        {
            return null;
        }

        _overdue[bin] -= wasOverdue ? 1 : 0;
        if (wasRight)
        {
            _counts.Add(bin, RungOf(decision), wrong: true, times: -1);
            _counts.Add(bin, RungOf(decision), wrong: false);
            _chains!.Recount();
        }

        return _latestCounted >= _fixedAt && _chains!.Advance() ? Loosen() : null;
    }

    internal ThresholdChange? Recount(IEnumerable<ThresholdObservation> counted)
    {
        var from = _threshold;
        if (_grid is null)
        {
            foreach (var outcome in counted)
            {
                Counted(outcome.Decision, outcome.WasRight, outcome.IsOverdue);
            }

            return null;
        }

        BeginCounting();
        foreach (var outcome in counted)
        {
            if (outcome.Decision.Epoch == _epoch && outcome.Decision.IsEvidence)
            {
                Count(outcome.Decision, outcome.WasRight, outcome.IsOverdue);
                if (outcome.Decision.Sequence >= _fixedAt)
                {
                    _chains.Advance();
                }
            }
        }

        while (_node >= 0 && !_chains.Certified[_node])
        {
            _node--;
        }

        _proposedNode = _proposedNode >= 0 && _chains.Certified[_proposedNode] ? _proposedNode : -1;
        _rejectedNode = -1;
        Refresh();
        return _threshold == from ? null : Change(from, ThresholdReasons.VerdictCorrected, actor: null);
    }

    private void Count(in ReviewedDecision decision, bool wasRight, bool isOverdue)
    {
        var bin = _grid!.BinOf(decision.Confidence.Value);
        if (bin < _counts.Bins && !IsLeftOut(decision))
        {
            var rung = RungOf(decision);
            _counts.Add(bin, rung, !wasRight);
            _overdue[bin] += isOverdue ? 1 : 0;
            _chains!.Counted(bin, rung, !wasRight);
        }
    }

    // The map is fitted once an epoch. Until then everything is looked at, so right and wrong need no weights.
    private bool WeighCosts()
    {
        if (AreCostsWeighed || _counts.Total < CostBalance.SampleSize)
        {
            return false;
        }

        var bins = Enumerable.Range(0, _counts.Bins).Reverse().Where(bin => _counts.Right(bin) + _counts.Wrong(bin) > 0);
        _worthwhile = Costs!.Line(bins.Select(bin => (_grid!.Nodes[bin], (double)_counts.Right(bin), (double)(_counts.Right(bin) + _counts.Wrong(bin)))));
        Refresh();
        return true;
    }

    // A budget that was lowered in the middle of an epoch may have left a rung behind that is not counted apart.
    private int RungOf(in ReviewedDecision decision) => Math.Min(decision.WeightRung, _counts.Rungs - 1);

    private bool IsLeftOut(in ReviewedDecision decision) => _goal.StrictGrid && decision.Sequence <= _fixedAt;

    private void See(int bin)
    {
        if (bin < _seen.Length)
        {
            _seen[bin]++;
        }
    }

    private void FixGrid()
    {
        var sample = _sample!;
        double[] sorted = [.. sample.Items.Select(item => item.Confidence).OrderDescending()];
        _prior = _prior.AlignedTo(sorted);
        _grid = CoverageGrid.FromConfidences(sorted, _prior.Strongest(_mixture));
        _fixedAt = _latestDecision;
        _sample = null;
        _seen = new long[_grid.Nodes.Length];
        BeginCounting();
        foreach (var item in sample.Items)
        {
            See(_grid.BinOf(item.Confidence));
            if (item.Answer != GridSample.Answer.None)
            {
                var decision = new ReviewedDecision { Sequence = item.Sequence, Confidence = item.Confidence };
                Count(decision, item.Answer == GridSample.Answer.Right, item.Answer == GridSample.Answer.Overdue);
            }
        }
    }

    [MemberNotNull(nameof(_counts), nameof(_chains))]
    private void BeginCounting()
    {
        _counts = new(_grid!.Nodes.Length, _mixture.Rungs);
        _overdue = new long[_grid.Nodes.Length];
        _chains = new(_grid, _counts, _mixture, EpochRisk, _prior.LogWeights(_grid, _mixture));
    }

    [MemberNotNull(nameof(_mixture), nameof(_counts), nameof(_harm), nameof(_driftWarning), nameof(_audits))]
    private void BeginEpoch(int epoch)
    {
        _epoch = epoch;
        _mixture = new(_goal.TestedErrorRate, Rungs);
        _harm = new(_goal.TestedErrorRate, _goal.FalseAlarmEvery);
        _driftWarning = new();
        _audits = new();
        _counts = new(0, Rungs);
        _chains = null;
        (_decisions, _fixedAt, _auditAll, _node, _proposedNode, _rejectedNode, _isWithheld) = (0, 0, 0, -1, -1, -1, false);
        (_seen, _overdue, _worthwhile) = ([], [], null);
        if (_goal.Grid.Count == 0)
        {
            (_grid, _sample) = (null, new());
        }
        else
        {
            (_grid, _sample) = (CoverageGrid.FromThresholds(_goal.Grid), null);
            _seen = new long[_grid.Nodes.Length];
            BeginCounting();
        }

        Refresh();
    }
}
