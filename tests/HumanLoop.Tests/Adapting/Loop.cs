using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

/// <summary>Drives a controller as the live system would, on a seeded stream.</summary>
internal sealed class Loop
{
    private readonly Random _chance;
    private long _sequence;

    public Loop(IThresholdController controller, ThresholdGoal goal, int seed = 1)
    {
        Controller = controller;
        Sequencer = new(controller, controller.Start(goal));
        _chance = new(seed);
    }

    public IThresholdController Controller { get; }

    public EvidenceSequencer Sequencer { get; set; }

    public RiskControlledState State => (RiskControlledState)Sequencer.State;

    public List<ThresholdChange> Changes { get; } = [];

    /// <summary>All that was drawn and is known, in decision order: the journal.</summary>
    public List<(ReviewedDecision Decision, bool WasRight)> Journal { get; } = [];

    /// <summary>A confidence from 0 to 1 whose decisions are wrong as often as it says, and surer ones are common.</summary>
    public static (double Confidence, double Risk) Calibrated(double u)
    {
        var risk = Math.Min(.65, 1.6 * Math.Pow(u, 6.3));
        return (1 - u, risk);
    }

    public static (double Confidence, double Risk) Always(double u, double risk) => (1 - u, risk);

    public ReviewedDecision Decide(double confidence)
    {
        var state = Sequencer.State;
        var admitted = state.Threshold.Admits(confidence);
        var probability = admitted ? state.AuditProbability : default;
        return new()
        {
            Sequence = ++_sequence,
            Epoch = state.Epoch,
            Confidence = confidence,
            IsEligible = new Confidence(confidence).IsUsable,
            IsStraightThrough = admitted,
            IsDrawn = !admitted || _chance.NextDouble() < probability.Value,
            ReviewProbability = probability,
            LowestProbability = state.LowestProbability,
        };
    }

    public ReviewedDecision Made(double confidence)
    {
        var decision = Decide(confidence);
        Changes.AddRange(Sequencer.Made(decision).Changes);
        return decision;
    }

    public void Answer(ReviewedDecision decision, bool wasRight)
    {
        if (decision.IsDrawn)
        {
            Journal.Add((decision, wasRight));
            Changes.AddRange(Sequencer.Answered(decision, OutcomeStanding.Unknown, wasRight ? OutcomeStanding.Right : OutcomeStanding.Wrong).Changes);
        }
    }

    public void Run(int decisions, Func<double, (double Confidence, double Risk)> source)
    {
        for (var i = 0; i < decisions; i++)
        {
            var (confidence, risk) = source(_chance.NextDouble());
            var wasRight = _chance.NextDouble() >= risk;
            Answer(Made(confidence), wasRight);
        }
    }

    /// <summary>Runs until the threshold is open.</summary>
    public void Open()
    {
        while (Sequencer.State.Threshold.IsReviewEverything)
        {
            Run(25, Calibrated);
        }
    }
}
