using HumanLoop.Adapting;

namespace HumanLoop.Testing.Trials;

/// <summary>Controllers to try, and a stream of decisions to try them on: surer ones are right more often.</summary>
internal sealed class ControllerTrial(Func<IThresholdController> create) : IAsyncDisposable
{
    public static ThresholdGoal Goal { get; } = new() { MaxErrorRate = 0.1, LearningAudits = 200 };

    public IThresholdController New() => create();

    public static EvidenceSequencer Begin(IThresholdController controller, ThresholdGoal? goal = null) => new(controller, controller.Start(goal ?? Goal));

    /// <summary>Decides, checks what is to be checked, and answers at once. The numbers tell the whole stream.</summary>
    public static List<ThresholdChange> Run(EvidenceSequencer sequencer, int from, int count)
    {
        var changes = new List<ThresholdChange>();
        for (var n = from; n < from + count; n++)
        {
            var decision = Decide(sequencer.State, n);
            changes.AddRange(sequencer.Made(decision).Changes);
            if (decision.IsDrawn)
            {
                changes.AddRange(sequencer.Answered(decision, OutcomeStanding.Unknown, IsRight(n) ? OutcomeStanding.Right : OutcomeStanding.Wrong).Changes);
            }
        }

        return changes;
    }

    public static ReviewedDecision Decide(ThresholdState state, int n)
    {
        var confidence = Part(n, 0.6180339887498949);
        var admitted = state.Threshold.Admits(confidence);
        var probability = admitted ? state.AuditProbability : ReviewProbability.Always;
        return new()
        {
            Sequence = n,
            Epoch = state.Epoch,
            Confidence = confidence,
            IsEligible = true,
            IsStraightThrough = admitted,
            IsDrawn = Part(n, 0.7548776662466927) < probability.Value,
            ReviewProbability = probability,
            LowestProbability = state.LowestProbability,
        };
    }

    public static bool IsRight(int n) => Part(n, 0.6180339887498949) >= 0.3 || Part(n, 0.5698402909980532) >= 0.5;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static double Part(int n, double step) => n * step % 1.0;
}
