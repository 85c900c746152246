using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class CoverageGridTests
{
    private static readonly double[] Distinct = [.. Enumerable.Range(1, 200).Select(rank => 1 - (rank / 256.0))];

    [Fact]
    public void Its_nodes_are_the_confidences_at_fixed_ranks_and_the_last_admits_all()
    {
        int[] ranks = [4, 8, 12, 16, 20, 25, 30, 35, 40, 45, 50, 55, 60, .. Enumerable.Range(31, 70).Select(half => 2 * half)];
        var grid = CoverageGrid.FromConfidences(Distinct);

        Assert.Equal(CoverageGrid.MostNodes, grid.Nodes.Length);
        Assert.Equal([.. ranks[..^1].Select(rank => Distinct[rank - 1]), 0], grid.Nodes);
        Assert.True(grid.FromSample);
        Assert.Equal([60, 20, 140], grid.Starts.Select(start => ranks[start]));
    }

    [Fact]
    public void Equal_confidences_make_one_node()
    {
        var grid = CoverageGrid.FromConfidences([.. Enumerable.Repeat(1.0, 70), .. Enumerable.Repeat(.8, 60), .. Enumerable.Repeat(.4, 70)]);

        Assert.Equal([1, .8, .4, 0], grid.Nodes);
        Assert.Equal([0, 0, 2], grid.Starts);
        Assert.Equal([true, false, true, false], Enumerable.Range(0, 4).Select(grid.IsNear));
    }

    [Fact]
    public void Few_errors_are_expected_down_to_the_first_start_and_at_the_third()
    {
        var grid = CoverageGrid.FromConfidences(Distinct);

        Assert.Equal([.. Enumerable.Range(0, grid.Starts[0] + 1), grid.Starts[2]], Enumerable.Range(0, grid.Nodes.Length).Where(grid.IsNear));
    }

    [Fact]
    public void Given_thresholds_are_sorted_and_searched_from_the_nearest_to_three_confidences()
    {
        var grid = CoverageGrid.FromThresholds([.5, .9, .97, .9, .99, .85, .7]);

        Assert.Equal([.99, .97, .9, .85, .7, .5], grid.Nodes);
        Assert.Equal([.97, .99, .85], grid.Starts.Select(start => grid.Nodes[start]));
        Assert.False(grid.FromSample);
        Assert.All(Enumerable.Range(0, 6), node => Assert.True(grid.IsNear(node)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(.9, 0)]
    [InlineData(.89999, 1)]
    [InlineData(.5, 1)]
    [InlineData(.4999, 2)]
    [InlineData(.2, 2)]
    [InlineData(.1999, 3)]
    public void A_confidence_belongs_to_the_first_node_that_admits_it(double confidence, int bin) =>
        Assert.Equal(bin, CoverageGrid.FromThresholds([.9, .5, .2]).BinOf(confidence));

    [Fact]
    public void A_rank_beyond_the_last_but_one_admits_all()
    {
        Assert.Equal(.5, CoverageGrid.AtRank([.9, .5, .2], 2));
        Assert.Equal(0, CoverageGrid.AtRank([.9, .5, .2], 3));
    }

    [Fact]
    public void It_comes_back_as_it_was()
    {
        var (sampled, given) = (CoverageGrid.FromConfidences(Distinct, favourite: .5), CoverageGrid.FromThresholds([.9, .5]));
        var (again, givenAgain) = (CoverageGrid.Restore(sampled.Nodes, sampled.Starts, fromSample: true), CoverageGrid.Restore(given.Nodes, given.Starts, fromSample: false));

        Assert.Equal(Enumerable.Range(0, 83).Select(sampled.IsNear), Enumerable.Range(0, 83).Select(again.IsNear));
        Assert.Equal([true, true], Enumerable.Range(0, 2).Select(givenAgain.IsNear));
        Assert.Equal((true, false), (again.FromSample, givenAgain.FromSample));
        Assert.Equal([.45, .20, .15, .20], again.ChainWeights.ToArray());
        Assert.Equal([.65, .20, .15], givenAgain.ChainWeights.ToArray());
    }
}
