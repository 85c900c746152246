namespace HumanLoop.Adapting;

/// <summary>The state of a simple policy: its rule, and counts that show what the rule does not look at.</summary>
internal sealed partial class RuleState : ThresholdState
{
    private readonly ThresholdRule _rule;
    private readonly AuditSchedule _audits = new();
    private ThresholdGoal _goal;
    private EvidenceCounts _counts;
    private long[] _seen;
    private long _decisions;
    private long _latestDecision;
    private int _epoch = 1;
    private Threshold? _forced;
    private bool _mayVoid;
    private Threshold _threshold;
    private ReviewProbability _scheduled;

    internal RuleState(ThresholdGoal goal, ThresholdRule rule)
    {
        ArgumentNullException.ThrowIfNull(goal);
        goal.Validate();
        (_goal, _rule) = (goal, rule);
        _counts = new(ThresholdRule.Ladder.Length, AuditSchedule.Rungs(goal.AuditBudget));
        _seen = new long[ThresholdRule.Ladder.Length];
        Refresh();
    }

    public override ThresholdGoal Goal => _goal;

    public override Threshold Threshold => _threshold;

    public override ReviewProbability AuditProbability => _scheduled;

    public override int Epoch => _epoch;

    // Nothing that these policies do amounts to evidence for the goal.
    public override bool IsEarned => false;

    public override ThresholdEvidence Evidence
    {
        get
        {
            var last = _threshold.IsReviewEverything ? 0 : ThresholdRule.BinOf(_threshold.Value);
            Span<long> counts = stackalloc long[_counts.Rungs * 2];
            counts.Clear();
            _counts.Sum(0, last, counts);
            long errors = 0, outcomes = 0;
            for (var i = 0; i < counts.Length; i++)
            {
                outcomes += counts[i];
                errors += i % 2 == 1 ? counts[i] : 0;
            }

            var bound = ErrorRateUpperBound.Upper(counts, BetMixture.Logarithms(BetMixture.NearWeights), _goal.Risk);
            return new(_threshold, outcomes, errors, Overdue: 0, double.NaN, bound);
        }
    }

    public override IReadOnlyList<string> WhyClosed() =>
        !_threshold.IsReviewEverything ? []
        : _forced is not null ? [ThresholdReasons.Forced]
        : Evidence is var evidence && evidence.Errors > _goal.MaxErrorRate * evidence.Outcomes ? [ThresholdReasons.ErrorRateTooHigh]
        : [ThresholdReasons.TooFewOutcomes];

    internal static ThresholdStep Next(ThresholdState state, in ThresholdObservation observation)
    {
        var own = Own(state);
        return new(own, own.Next(observation));
    }

    internal static ThresholdStep Recount(ThresholdState state, IEnumerable<ThresholdObservation> counted)
    {
        var own = Own(state);
        return new(own, own.Recount(counted));
    }

    private ThresholdChange? Next(in ThresholdObservation observation)
    {
        var from = _threshold;
        var decision = observation.Decision;
        switch (observation.Kind)
        {
            case ThresholdObservationKind.DecisionMade when decision.Epoch == _epoch:
                See(decision);
                return null;
            case ThresholdObservationKind.OutcomeCounted when decision.Epoch == _epoch && decision.IsEvidence:
                Count(observation);
                Refresh();
                return Changed(from, ThresholdReasons.PolicyRule, null);
            case ThresholdObservationKind.EpochEnded:
                EndEpoch();
                return Change(from, observation.Reason!, observation.Actor);
            case ThresholdObservationKind.GoalChanged:
                observation.Goal!.Validate();
                _goal = observation.Goal;
                EndEpoch();
                return Change(from, ThresholdReasons.NewGoal, observation.Actor);
            case ThresholdObservationKind.ThresholdForced:
                (_forced, _mayVoid) = (observation.Forced, observation.Forced is not null && observation.MayVoidGuarantee);
                Refresh();
                return Changed(from, _forced is null ? ThresholdReasons.Released : ThresholdReasons.Forced, observation.Actor);
            default:
                return null;
        }
    }

    private ThresholdChange? Recount(IEnumerable<ThresholdObservation> counted)
    {
        var from = _threshold;
        _rule.Reset();
        _counts = new(_counts.Bins, _counts.Rungs);
        foreach (var observation in counted)
        {
            if (observation.Decision.Epoch == _epoch && observation.Decision.IsEvidence)
            {
                Count(observation);
            }
        }

        Refresh();
        if (_threshold < from)
        {
            _threshold = from;
        }

        return Changed(from, ThresholdReasons.VerdictCorrected, null);
    }

    private void See(in ReviewedDecision decision)
    {
        _latestDecision = decision.Sequence;
        _decisions++;
        if (decision.IsEligible && decision.Confidence.IsUsable)
        {
            _seen[ThresholdRule.BinOf(decision.Confidence.Value)]++;
        }

        if (_decisions % AuditSchedule.Period == 0)
        {
            ScheduleAudits();
        }
    }

    private void Count(in ThresholdObservation observation)
    {
        var confidence = observation.Decision.Confidence.Value;
        var rung = Math.Min(observation.Decision.WeightRung, _counts.Rungs - 1);
        _counts.Add(ThresholdRule.BinOf(confidence), rung, !observation.WasRight);
        _rule.Count(confidence, observation.WasRight, _goal.MaxErrorRate);
    }

    private void EndEpoch()
    {
        _epoch++;
        _decisions = 0;
        _rule.Reset();
        _counts = new(_counts.Bins, AuditSchedule.Rungs(_goal.AuditBudget));
        Array.Clear(_seen);
        Refresh();
    }

    private void Refresh()
    {
        var ruled = _rule.Threshold;
        var standing = ruled < new Threshold(_goal.NeverBelow) ? new(_goal.NeverBelow) : ruled;
        var next = _forced is { } forced && (forced > standing || _mayVoid) ? forced : standing;
        if (next != _threshold)
        {
            _threshold = next;
            ScheduleAudits();
        }
    }

    private void ScheduleAudits()
    {
        var admitted = 0L;
        for (var bin = 0; bin < _seen.Length && !_threshold.IsReviewEverything && ThresholdRule.Ladder[bin] >= _threshold.Value; bin++)
        {
            admitted += _seen[bin];
        }

        // No learning here, so nothing is brought forward: the flat share of all decisions, and until one was seen the same share of what passes.
        _scheduled = admitted == 0 ? ReviewProbability.AtLeast(_goal.AuditBudget) : _audits.Next(_goal with { LearningAudits = 0 }, _decisions, admitted);
    }

    private ThresholdChange? Changed(Threshold from, string reason, string? actor) => from == _threshold ? null : Change(from, reason, actor);

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
        GuaranteeVoid = true,
    };

    private static RuleState Own(ThresholdState state) =>
        state as RuleState ?? throw new ArgumentException("The state belongs to another policy.", nameof(state));
}
