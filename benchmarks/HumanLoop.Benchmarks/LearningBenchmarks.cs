using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;
using HumanLoop.Adapting;
using HumanLoop.Journaling;
using HumanLoop.Reporting;

namespace HumanLoop.Benchmarks;

/// <summary>What it costs to learn from one decision: a decision seen and its outcome folded into evidence and thresholds.</summary>
[MemoryDiagnoser]
[SimpleJob(RuntimeMoniker.HostProcess, warmupCount: 5, iterationCount: 12)]
public class LearningBenchmarks
{
    private const int Batch = 20_000;

    private readonly RiskControlledThreshold _controller = new();
    private readonly ThresholdGoal _goal = new() { MaxErrorRate = 0.05 };
    private JournalRecord[] _journal = [];

    [GlobalSetup]
    public void Write()
    {
        var records = new List<JournalRecord>
        {
            new(1, new ThresholdSettingsChanged { Workflow = "refund", Version = 1, Settings = new() { Policy = "risk-controlled", Goal = _goal } }),
        };
        for (var n = 0; n < Batch; n++)
        {
            DecisionId id = $"d-{n}";
            records.Add(new(records.Count + 1, new DecisionRouted
            {
                Workflow = "refund",
                DecisionId = id,
                Version = 1,
                Route = DecisionRoute.Review(RouteReasons.NotYetEarned),
                Confidence = Confidence(n),
                Threshold = Threshold.ReviewEverything,
                Epoch = 1,
                Eligible = true,
                ReviewProbability = ReviewProbability.Always,
                LowestProbability = ReviewProbability.Always,
                Fingerprint = "",
            }));
            records.Add(new(records.Count + 1, new VerdictGiven
            {
                Workflow = "refund",
                DecisionId = id,
                Version = 2,
                Effect = Effect.None,
                Verdict = new() { Kind = VerdictKind.Approved, Reviewer = "ann", WasRight = IsRight(n), At = default },
            }));
        }

        _journal = [.. records];
    }

    [Benchmark(OperationsPerInvoke = Batch, Description = "one decision and its outcome, controller alone")]
    public Threshold Controller()
    {
        var sequencer = new EvidenceSequencer(_controller, _controller.Start(_goal));
        for (var n = 0; n < Batch; n++)
        {
            var decision = new ReviewedDecision { Sequence = n + 1, Epoch = 1, Confidence = Confidence(n), IsEligible = true, IsDrawn = true };
            sequencer.Made(decision);
            sequencer.Answered(decision, OutcomeStanding.Unknown, IsRight(n) ? OutcomeStanding.Right : OutcomeStanding.Wrong);
        }

        return sequencer.State.Threshold;
    }

    [Benchmark(OperationsPerInvoke = Batch, Description = "the same from journal records, as the evidence writer does")]
    public int Journal()
    {
        var learning = new WorkflowLearning("refund", _ => _controller);
        foreach (var record in _journal)
        {
            learning.Apply(record);
        }

        return learning.Groups.Count;
    }

    [Benchmark(OperationsPerInvoke = Batch, Description = "the same two records counted for the scorecard")]
    public long Tally()
    {
        var tally = new Tally("refund");
        foreach (var record in _journal)
        {
            tally.Apply(record);
        }

        return tally.Total[TallyColumn.Decisions];
    }

    private static double Confidence(int n) => 0.5 + (n * 0.6180339887498949 % 1.0 / 2);

    private static bool IsRight(int n) => Confidence(n) > 0.6 || n % 3 > 0;
}
