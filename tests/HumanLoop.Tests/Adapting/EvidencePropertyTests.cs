using FsCheck.Xunit;
using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class EvidencePropertyTests
{
    [Property(MaxTest = 100)]
    public void Any_order_and_any_merge_of_outcomes_give_the_same_counts((byte Bin, byte Rung, bool Wrong)[] outcomes, int seed)
    {
        var inOrder = Count(outcomes);
        var shuffled = outcomes.ToArray();
        new Random(seed).Shuffle(shuffled);
        var merged = Count(shuffled[..(shuffled.Length / 2)]);
        merged.Add(Count(shuffled[(shuffled.Length / 2)..]));

        Assert.All(Enumerable.Range(0, inOrder.Bins), bin => Assert.Equal(inOrder.Bin(bin).ToArray(), merged.Bin(bin).ToArray()));
        Assert.Equal(inOrder.Total, merged.Total);
    }

    [Property(MaxTest = 20)]
    public void Answers_in_any_order_give_the_evidence_that_answers_in_decision_order_give(int seed, bool strict)
    {
        var goal = new ThresholdGoal { MaxErrorRate = .05, StrictGrid = strict };
        var chance = new Random(seed);
        var (prompt, late) = (new Loop(new RiskControlledThreshold(), goal), new Loop(new RiskControlledThreshold(), goal));
        var unanswered = new List<(ReviewedDecision Decision, bool WasRight)>();
        for (var i = 0; i < 1_000; i++)
        {
            // Everything is drawn at probability 1, so that both see the same decisions whatever their thresholds are.
            var (confidence, risk) = Loop.Calibrated(chance.NextDouble());
            var decision = new ReviewedDecision { Sequence = i + 1, Epoch = 1, Confidence = confidence, IsEligible = true, IsDrawn = true };
            var wasRight = chance.NextDouble() >= risk;
            prompt.Sequencer.Made(decision);
            prompt.Answer(decision, wasRight);
            late.Sequencer.Made(decision);
            unanswered.Add((decision, wasRight));
            while (unanswered.Count > 0 && (chance.Next(3) > 0 || i == 999))
            {
                var next = chance.Next(unanswered.Count);
                late.Answer(unanswered[next].Decision, unanswered[next].WasRight);
                unanswered.RemoveAt(next);
            }
        }

        Assert.Equal(prompt.State.Certified, late.State.Certified);
        Assert.Equal(prompt.State.Threshold, late.State.Threshold);
        Assert.Equal(prompt.State.Evidence, late.State.Evidence);
        Assert.Null(late.Sequencer.Watermark);
    }

    [Property(MaxTest = 10)]
    public void Saving_and_loading_in_the_middle_changes_nothing(int seed, ushort every)
    {
        var (whole, broken) = (NewLoop(seed), NewLoop(seed));
        for (var i = 0; i < 40; i++)
        {
            whole.Run(50, Loop.Calibrated);
            broken.Run(50, Loop.Calibrated);
            if (i % ((every % 7) + 1) == 0)
            {
                broken.Sequencer = EvidenceSequencer.Load(broken.Controller, broken.Sequencer.Save());
            }
        }

        Assert.Equal(whole.Sequencer.Save(), broken.Sequencer.Save());
        Assert.Equal(whole.Changes.Select(change => (change.Sequence, change.To, change.Evidence)), broken.Changes.Select(change => (change.Sequence, change.To, change.Evidence)));
    }

    [Property(MaxTest = 10)]
    public void Asking_often_changes_nothing(int seed)
    {
        var (asked, silent) = (NewLoop(seed), NewLoop(seed));
        for (var i = 0; i < 800; i++)
        {
            asked.Run(1, Loop.Calibrated);
            silent.Run(1, Loop.Calibrated);
            _ = (asked.State.Evidence, asked.State.WhyClosed(), asked.State.Snapshot, asked.State.Certified, asked.State.Ranking);
        }

        Assert.Equal(silent.Sequencer.Save(), asked.Sequencer.Save());
    }

    [Property(MaxTest = 200)]
    public void No_threshold_admits_an_unusable_confidence(double confidence, double threshold)
    {
        var unusable = confidence is >= 0 and <= 1 ? Confidence.Unusable : new Confidence(confidence);
        var line = threshold is >= 0 and <= 1 ? new Threshold(threshold) : new Threshold(0);

        Assert.False(line.Admits(unusable));
    }

    private static Loop NewLoop(int seed) => new(new RiskControlledThreshold(), new() { MaxErrorRate = .05 }, seed);

    private static EvidenceCounts Count(IEnumerable<(byte Bin, byte Rung, bool Wrong)> outcomes)
    {
        var counts = new EvidenceCounts(bins: 5, rungs: 3);
        foreach (var (bin, rung, wrong) in outcomes)
        {
            counts.Add(bin % 5, rung % 3, wrong);
        }

        return counts;
    }
}
