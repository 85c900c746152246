using HumanLoop.Assessing;

namespace HumanLoop.Adapting;

/// <summary>What <see cref="RiskControlledThreshold"/> knows of one workflow or segment, or <see cref="CertifiedCostThreshold"/>, which weighs costs
/// besides.</summary>
/// <remarks>Belongs to the controller, which changes it in place; never share it. About 10 KB in memory.</remarks>
internal sealed partial class RiskControlledState : ThresholdState
{
    private ThresholdGoal _goal;
    private BetMixture _mixture;
    private BetPrior _prior;
    private int _epoch;

    // The evidence of the epoch. Until the grid is fixed the first decisions wait in the sample.
    private GridSample? _sample;
    private CoverageGrid? _grid;
    private EvidenceCounts _counts;
    private CertificationChains? _chains;
    private long[] _seen = [];
    private long[] _overdue = [];
    private long _decisions;
    private long _latestDecision;
    private long _latestCounted;
    private long _fixedAt;

    // What is in force.
    private int _node = -1;
    private int _proposedNode = -1;
    private int _rejectedNode = -1;
    private bool _isWithheld;
    private bool _isEarned;
    private Threshold _declared;
    private Threshold? _forced;
    private bool _mayVoid;
    private Threshold _threshold;
    private AuditSchedule _audits;
    private ReviewProbability _scheduled;
    private int _auditAll;
    private HarmDetector _harm;
    private DriftWarning _driftWarning;

    // Where letting through is worth its errors, once enough outcomes have told; only with costs.
    private Threshold? _worthwhile;

    internal RiskControlledState(ThresholdGoal goal, BetPrior prior, CostBalance? costs)
    {
        _goal = goal;
        _prior = prior;
        Costs = costs;
        _declared = goal.Start;
        BeginEpoch(1);
    }

    /// <inheritdoc/>
    public override ThresholdGoal Goal => _goal;

    /// <inheritdoc/>
    public override Threshold Threshold => _threshold;

    /// <inheritdoc/>
    public override int Epoch => _epoch;

    /// <inheritdoc/>
    public override bool IsEarned => _isEarned;

    /// <inheritdoc/>
    public override ReviewProbability AuditProbability => _isEarned && _auditAll == 0 ? _scheduled : ReviewProbability.Always;

    /// <summary>Whether a person set a threshold looser than what was earned: nothing is promised while it is in force.</summary>
    public bool IsGuaranteeVoid => _forced is { } forced && forced == _threshold && forced < Standing;

    /// <summary>The loosest threshold that the evidence allows and that has been put into force, whatever was declared or forced.</summary>
    public Threshold Earned => _node < 0 ? Threshold.ReviewEverything : Allowed(_node);

    /// <summary>The threshold that waits for the owner's approval, or <see langword="null"/>.</summary>
    public Threshold? Proposed => _proposedNode > _node ? Allowed(_proposedNode) : null;

    /// <summary>Every threshold that the evidence has certified in this epoch, strictest first.</summary>
    public IReadOnlyList<Threshold> Certified
    {
        get
        {
            var certified = new List<Threshold>();
            for (var node = 0; node < (_grid?.Nodes.Length ?? 0); node++)
            {
                if (_chains!.Certified[node])
                {
                    certified.Add(new(_grid!.Nodes[node]));
                }
            }

            return certified;
        }
    }

    /// <summary>All thresholds that may come into force, strictest first; empty while they are being collected.</summary>
    public IReadOnlyList<Threshold> Grid => [.. (_grid?.Nodes ?? []).Select(node => new Threshold(node))];

    /// <summary>Whether more of the acts are checked than scheduled, because outcomes looked worse than before.</summary>
    public bool IsSuspicious => _auditAll > 0;

    /// <summary>Decisions of the epoch so far.</summary>
    public long Decisions => _decisions;

    /// <summary>How well the confidence ranks right above wrong, from the reviewed outcomes of the epoch.</summary>
    public RankingQuality Ranking
    {
        get
        {
            Span<double> right = stackalloc double[_counts.Bins], wrong = stackalloc double[_counts.Bins];
            for (var bin = 0; bin < _counts.Bins; bin++)
            {
                for (var rung = 0; rung < _counts.Rungs; rung++)
                {
                    // ω is proportional to 1/p: it undoes that unsure decisions are looked at more often.
                    var weight = ReviewProbability.AtRung(rung).Value;
                    right[bin] += weight * _counts.Bin(bin)[2 * rung];
                    wrong[bin] += weight * _counts.Bin(bin)[(2 * rung) + 1];
                }
            }

            return RankingQuality.FromGroups(right, wrong);
        }
    }

    /// <summary>The costs that are weighed besides, if any.</summary>
    internal CostBalance? Costs { get; }

    /// <inheritdoc/>
    public override ThresholdEvidence Evidence => EvidenceAt(_threshold);

    /// <summary>What is known at the node of the grid that is at or next below a threshold.</summary>
    /// <param name="threshold">A threshold; for <see cref="Threshold.ReviewEverything"/> the node that is tested first.</param>
    /// <returns>The evidence, without outcomes while the grid is not fixed.</returns>
    public ThresholdEvidence EvidenceAt(Threshold threshold)
    {
        if (_grid is null)
        {
            var answers = _sample!.Items.Select(item => item.Answer).ToArray();
            return new(
                threshold,
                answers.Count(answer => answer != GridSample.Answer.None),
                answers.Count(answer => answer is GridSample.Answer.Wrong or GridSample.Answer.Overdue),
                answers.Count(answer => answer == GridSample.Answer.Overdue),
                LogEValue: 0,
                ErrorRateBound: 1);
        }

        var node = threshold.IsReviewEverything ? _chains!.Heads[0] : _grid.BinOf(threshold.Value);
        return EvidenceAt(Math.Min(node, _grid.Nodes.Length - 1));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> WhyClosed()
    {
        if (!_threshold.IsReviewEverything)
        {
            return [];
        }

        if (_grid is null)
        {
            return [ThresholdReasons.CollectingGrid];
        }

        if (_forced is { IsReviewEverything: true })
        {
            return [ThresholdReasons.Forced];
        }

        if (_worthwhile is { IsReviewEverything: true })
        {
            return [ThresholdReasons.ReviewCostsLess];
        }

        var reasons = new List<string>();
        ThresholdEvidence[] heads = [.. _chains!.Heads.ToArray().Where(head => head < _grid.Nodes.Length).Distinct().Select(EvidenceAt)];
        var allowed = _goal.TestedErrorRate;
        if (IsScoreUseless)
        {
            reasons.Add(ThresholdReasons.ScoreUseless);
        }

        if (heads.Length > 0 && heads.All(head => LowerLimit(head.Errors - head.Overdue, head.Outcomes) > allowed))
        {
            reasons.Add(ThresholdReasons.TargetUnreachable);
        }
        else if (heads.Length > 0 && heads.All(head => head.Errors > allowed * head.Outcomes))
        {
            reasons.Add(ThresholdReasons.ErrorRateTooHigh);
        }

        if (heads.Any(head => head.Overdue > 0))
        {
            reasons.Add(ThresholdReasons.OutcomesOverdue);
        }

        return reasons.Count > 0 ? reasons : [ThresholdReasons.TooFewOutcomes];
    }

    /// <summary>The threshold that is in force but for an operator's: what was earned, or what was declared while that is looser.</summary>
    private Threshold Standing => NotBelowCosts(_declared) is var declared && declared < Earned ? declared : Earned;

    private bool AreCostsWeighed => Costs is null || _worthwhile is not null;

    private int Rungs => AuditSchedule.Rungs(_goal.AuditBudget);

    private bool IsScoreUseless => IsDegenerate || Ranking.IsUndiscriminating;

    // All alike: nearly every decision falls into one bin, so no threshold could tell any from any other.
    private bool IsDegenerate => _seen.Length > 1 && _seen.Max() >= 0.99 * _seen.Sum();

    private ThresholdEvidence EvidenceAt(int node)
    {
        Span<long> counts = stackalloc long[_counts.Rungs * 2];
        counts.Clear();
        _counts.Sum(0, node, counts);
        long errors = 0, outcomes = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            outcomes += counts[i];
            errors += i % 2 == 1 ? counts[i] : 0;
        }

        var logWeights = BetMixture.Logarithms(_grid!.IsNear(node) ? BetMixture.NearWeights : BetMixture.FarWeights);
        var risk = _grid.FromSample ? EpochRisk * (1 - _mixture.ErrorRate) : EpochRisk;
        return new(new(_grid.Nodes[node]), outcomes, errors, _overdue.AsSpan(0, node + 1).ToArray().Sum(), _chains!.LogValue(node), ErrorRateUpperBound.Upper(counts, logWeights, risk));
    }

    // Wilson's lower limit at three standard errors: for words on a page, never for a decision.
    private static double LowerLimit(long errors, long outcomes)
    {
        if (outcomes == 0)
        {
            return 0;
        }

        double n = outcomes, rate = errors / n;
        const double Z = 3;
        return (rate + (Z * Z / (2 * n)) - (Z * Math.Sqrt((rate * (1 - rate) / n) + (Z * Z / (4 * n * n))))) / (1 + (Z * Z / n));
    }
}
