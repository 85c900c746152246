namespace HumanLoop.Adapting;

internal sealed partial class RiskControlledState
{
    internal ThresholdChange? Next(in ThresholdObservation observation) => observation.Kind switch
    {
        ThresholdObservationKind.DecisionMade => Made(observation.Decision),
        ThresholdObservationKind.OutcomeArrived => Arrived(observation.Decision, observation.WasRight),
        ThresholdObservationKind.OutcomeCounted => Counted(observation.Decision, observation.WasRight, observation.IsOverdue),
        ThresholdObservationKind.OutcomeCorrected => Corrected(observation.Decision, observation.WasRight, observation.IsOverdue),
        ThresholdObservationKind.EpochEnded => EndEpoch(observation.Reason!, observation.KeepsThreshold, observation.Actor),
        ThresholdObservationKind.GoalChanged => SetGoal(observation.Goal!, observation.Actor),
        ThresholdObservationKind.ThresholdForced => Force(observation.Forced, observation.MayVoidGuarantee, observation.Actor),
        ThresholdObservationKind.LooseningApproved => Approve(observation.Actor),
        ThresholdObservationKind.LooseningRejected => Reject(observation.Actor),
        _ => null,
    };

    internal ThresholdChange EndEpoch(string reason, bool keepsThreshold, string? actor)
    {
        var (from, evidence) = (_threshold, Evidence);
        _declared = keepsThreshold ? _threshold : Threshold.ReviewEverything;
        if (_mayVoid)
        {
            (_forced, _mayVoid) = (null, false);
        }

        _prior = BetPrior.None;
        BeginEpoch(_epoch + 1);
        return Change(from, reason, actor) with { Evidence = evidence };
    }

    internal ThresholdChange? Force(Threshold? threshold, bool mayVoid, string? actor)
    {
        var from = _threshold;
        (_forced, _mayVoid) = (threshold, threshold is not null && mayVoid);
        Refresh();
        return _threshold == from ? null : Change(from, threshold is null ? ThresholdReasons.Released : ThresholdReasons.Forced, actor);
    }

    internal ThresholdChange? Approve(string? actor) =>
        Proposed is not null && _goal.Loosening == Loosening.OwnerApproves
            ? PutInForce(_proposedNode, ThresholdReasons.OwnerApproved, actor)
            : null;

    internal ThresholdChange? Reject(string? actor)
    {
        if (Proposed is not { } proposed)
        {
            return null;
        }

        // The proposal is over; its node is the mark that the next one has to pass.
        (_rejectedNode, _proposedNode) = (_proposedNode, -1);
        return Change(_threshold, ThresholdReasons.OwnerRejected, actor) with { To = proposed, Evidence = EvidenceAt(_rejectedNode), IsProposal = true };
    }

    internal ThresholdChange? SetGoal(ThresholdGoal goal, string? actor)
    {
        goal.Validate();
        var sharesEvidence = goal.SharesEvidenceWith(_goal);
        var from = _threshold;
        _declared = goal.Start == _goal.Start ? _declared : goal.Start;
        _goal = goal;
        if (!sharesEvidence)
        {
            return EndEpoch(ThresholdReasons.NewGoal, keepsThreshold: false, actor);
        }

        Reallocate();
        ScheduleAudits();
        // The detectors go on from where they are; only the level of the alarm may be another.
        var statistics = _harm.Statistics;
        _harm = new(goal.TestedErrorRate, goal.FalseAlarmEvery);
        statistics.CopyTo(_harm.Statistics, 0);
        Refresh();
        return _threshold != from ? Change(from, ThresholdReasons.NewGoal, actor) : _chains is null ? null : Loosen();
    }

    // A smaller audit budget has lower probabilities, so more rungs of ω.
    private void Reallocate()
    {
        if (_grid is null || Rungs <= _counts.Rungs)
        {
            _mixture = new(_goal.TestedErrorRate, Math.Max(Rungs, _counts.Rungs));
            return;
        }

        var (counts, chains, overdue) = (_counts, _chains!, _overdue);
        _mixture = new(_goal.TestedErrorRate, Rungs);
        BeginCounting();
        _counts.Add(counts);
        _overdue = overdue;
        _chains.Restore(chains.Heads, chains.Certified);
    }

    /// <summary>Lets through what has been certified, or proposes it.</summary>
    private ThresholdChange? Loosen()
    {
        var node = _chains!.Loosest();
        if (node <= _node)
        {
            return null;
        }

        _isWithheld = _node < 0 && (IsScoreUseless || !AreCostsWeighed);
        if (_isWithheld)
        {
            return null;
        }

        if (_goal.Loosening != Loosening.Automatic)
        {
            var proposed = Allowed(node);
            if (node <= Math.Max(_proposedNode, _rejectedNode) || proposed >= Earned)
            {
                return null;
            }

            _proposedNode = node;
            return Change(_threshold, ThresholdReasons.Earned, actor: null) with
            {
                To = proposed,
                Evidence = EvidenceAt(node),
                IsProposal = true,
            };
        }

        return PutInForce(node, ThresholdReasons.Earned, actor: null);
    }

    private ThresholdChange? PutInForce(int node, string reason, string? actor)
    {
        var (from, wasEarned) = (_threshold, IsEarned);
        _node = node;
        Refresh();
        return _threshold == from && IsEarned == wasEarned ? null : Change(from, reason, actor);
    }

    /// <summary>Works out the threshold in force and how much of it is checked.</summary>
    private void Refresh()
    {
        var before = (_threshold, _isEarned);
        var standing = Standing;
        _threshold = NotBelow(_forced is { } forced && (forced > standing || _mayVoid) ? forced : standing);
        _isEarned = !_threshold.IsReviewEverything && _threshold >= Earned;
        if (before != (_threshold, _isEarned))
        {
            ScheduleAudits();
        }
    }

    // Anything stricter than what is certified may be in force.
    private Threshold Allowed(int node) => NotBelow(NotBelowCosts(new(_grid!.Nodes[node])));

    private Threshold NotBelowCosts(Threshold threshold) => _worthwhile is { } line && line > threshold ? line : threshold;

    private Threshold NotBelow(Threshold threshold) => threshold.Value < _goal.NeverBelow ? new(_goal.NeverBelow) : threshold;

    private void ScheduleAudits()
    {
        if (_threshold.IsReviewEverything || _grid is null)
        {
            _scheduled = ReviewProbability.Always;
            return;
        }

        // Of a threshold between two nodes, the bin that it cuts counts as admitted.
        var bin = Math.Min(_grid.BinOf(_threshold.Value), _seen.Length - 1);
        var admitted = 0L;
        for (var i = 0; i <= bin; i++)
        {
            admitted += _seen[i];
        }

        _scheduled = _audits.Next(_goal, _decisions, admitted);
    }

    private ThresholdChange Change(Threshold from, string reason, string? actor) => new()
    {
        From = from,
        To = _threshold,
        Reason = reason,
        Evidence = Evidence,
        Goal = _goal,
        Epoch = _epoch,
        Sequence = _latestDecision,
        Actor = actor,
        GuaranteeVoid = IsGuaranteeVoid,
    };
}
