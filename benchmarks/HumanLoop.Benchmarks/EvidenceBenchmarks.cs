using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;
using HumanLoop.Adapting;

namespace HumanLoop.Benchmarks;

/// <summary>What it costs to fold one decision and its outcome into the evidence and to move the threshold by it, from the first decision of an epoch on.</summary>
[MemoryDiagnoser]
[SimpleJob(RuntimeMoniker.HostProcess, warmupCount: 3, iterationCount: 8)]
public class EvidenceBenchmarks
{
    private const int Epochs = 20;
    private const int Decisions = 10_000;

    private readonly RiskControlledThreshold _controller = new();
    private readonly ReviewedDecision[] _decisions = new ReviewedDecision[Decisions];
    private readonly OutcomeStanding[] _outcomes = new OutcomeStanding[Decisions];

    /// <summary>2 % is earned node by node; 5.25 % never is, so that every candidate is tested again and again.</summary>
    [Params(0.02, 0.0525)]
    public double ErrorRate { get; set; }

    /// <summary>How many decisions wait for their answers.</summary>
    [Params(0, 1_000)]
    public int InFlight { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var chance = new Random(1);
        for (var i = 0; i < Decisions; i++)
        {
            _decisions[i] = new() { Sequence = i + 1, Epoch = 1, Confidence = chance.NextDouble(), IsEligible = true, IsDrawn = true, IsStraightThrough = i % 4 == 0 };
            _outcomes[i] = chance.NextDouble() < ErrorRate ? OutcomeStanding.Wrong : OutcomeStanding.Right;
        }
    }

    [Benchmark(OperationsPerInvoke = Epochs * Decisions, Description = "One outcome into evidence and threshold")]
    public int Fold()
    {
        var open = 0;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var evidence = new EvidenceSequencer(_controller, _controller.Start(new() { MaxErrorRate = 0.05 }));
            for (var i = 0; i < Decisions; i++)
            {
                evidence.Made(_decisions[i]);
                if (i >= InFlight)
                {
                    evidence.Answered(_decisions[i - InFlight], OutcomeStanding.Unknown, _outcomes[i - InFlight]);
                }
            }

            open += evidence.State.Threshold.IsReviewEverything ? 0 : 1;
        }

        return open;
    }
}
