using HumanLoop.Adapting;

namespace HumanLoop.Evaluation;

/// <summary>One stream through one policy, when the world or the delay of answers changes on the way.</summary>
internal sealed class LiveStream(IThresholdController controller, ThresholdGoal goal, long seed)
{
    private readonly EvidenceSequencer _sequencer = new(controller, controller.Start(goal));
    private readonly Chance _chance = new(seed, 1);
    private readonly PriorityQueue<(ReviewedDecision Decision, bool Wrong), long> _answers = new();

    public Threshold Threshold => _sequencer.State.Threshold;

    public bool IsAlarmed { get; private set; }

    public int StraightThrough { get; private set; }

    public int Errors { get; private set; }

    public int Reviews { get; private set; }

    /// <summary>The share of decisions that go straight through now; confidences lie evenly between 0 and 1.</summary>
    public double Coverage => Threshold.IsReviewEverything ? 0 : 1 - Threshold.Value;

    /// <summary>The next decision: its place in the ranking is drawn, and so is whether it is wrong.</summary>
    /// <param name="n">Its number.</param>
    /// <param name="risk">The chance of an error at a place.</param>
    /// <param name="delay">After how many decisions the answer comes.</param>
    /// <param name="report">How a reviewer reports the truth.</param>
    public void Next(long n, Func<double, double> risk, Func<bool, Chance, double>? delay = null, Func<bool, Chance, bool>? report = null)
    {
        var u = _chance.Unit();
        var wrong = _chance.Unit() < risk(u);
        var state = _sequencer.State;
        var admitted = state.Threshold.Admits(1 - u);
        var probability = admitted ? state.AuditProbability : ReviewProbability.Always;
        var decision = new ReviewedDecision
        {
            Sequence = n,
            Epoch = state.Epoch,
            Confidence = 1 - u,
            IsEligible = true,
            IsStraightThrough = admitted,
            IsDrawn = _chance.Unit() < probability.Value,
            ReviewProbability = probability,
            LowestProbability = state.LowestProbability,
        };
        StraightThrough += admitted ? 1 : 0;
        Errors += admitted && wrong ? 1 : 0;
        Note(_sequencer.Made(decision));
        if (decision.IsDrawn)
        {
            Reviews++;
            _answers.Enqueue((decision, report?.Invoke(wrong, _chance) ?? wrong), n + (long)(delay?.Invoke(wrong, _chance) ?? 0));
        }

        while (_answers.TryPeek(out var answer, out var due) && due <= n)
        {
            _answers.Dequeue();
            Note(_sequencer.Answered(answer.Decision, OutcomeStanding.Unknown, answer.Wrong ? OutcomeStanding.Wrong : OutcomeStanding.Right));
        }
    }

    /// <summary>A waiting time without memory.</summary>
    public static double Exponential(Chance chance, double mean) => -mean * Math.Log(1 - chance.Unit());

    private void Note(EvidenceStep step) => IsAlarmed |= step.Changes.Any(change => change.Reason == ThresholdReasons.DriftAlarm);
}
