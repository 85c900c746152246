using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class GoldenEvidenceTests
{
    public static TheoryData<string> Names => [.. GoldenEvidence.All.Select(golden => golden.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Grid_chains_certificates_and_e_values_are_those_of_the_specification(string name)
    {
        var golden = GoldenEvidence.All.Single(candidate => candidate.Name == name);
        var controller = new RiskControlledThreshold();
        var state = (RiskControlledState)controller.Start(new() { MaxErrorRate = .05, Grid = golden.Fixed ? golden.Grid : [] });
        var changes = new List<(int, Threshold)>();
        for (var i = 0; i < golden.Outcomes.Length; i++)
        {
            var (confidence, wrong, rung) = (golden.Outcomes[i][0], golden.Outcomes[i][1] == 1, (int)golden.Outcomes[i][2]);
            var decision = new ReviewedDecision
            {
                Sequence = i + 1,
                Epoch = 1,
                Confidence = confidence,
                IsEligible = true,
                IsDrawn = true,
                LowestProbability = ReviewProbability.AtRung(rung),
            };
            controller.Next(state, ThresholdObservation.DecisionRecorded(decision));
            if (controller.Next(state, ThresholdObservation.OutcomeCounted(decision, !wrong)).Change is { } change)
            {
                changes.Add((i + 1, change.To));
            }
        }

        Assert.Equal(golden.Grid, state.Grid.Select(node => node.Value));
        Assert.Equal(golden.Changes.Select(change => (change[0], new Threshold(golden.Grid[change[1]]))), changes);
        Assert.Equal(golden.Certified.Select(node => new Threshold(golden.Grid[node])), state.Certified);
        Assert.All(golden.Grid.Zip(golden.LogE), node => Assert.Equal(node.Second, state.EvidenceAt(new Threshold(node.First)).LogEValue, 1e-8));
        Assert.Equal(golden.Outcomes.Length, state.EvidenceAt(new Threshold(0)).Outcomes);
    }
}
