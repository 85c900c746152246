using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class EvidenceCountsTests
{
    [Fact]
    public void They_are_kept_by_bin_and_rung_and_verdict()
    {
        var counts = new EvidenceCounts(bins: 3, rungs: 2);
        counts.Add(0, 1, wrong: true);
        counts.Add(2, 0, wrong: false, times: 4);
        counts.Add(2, 0, wrong: false, times: -1);

        Assert.Equal([0, 0, 0, 1], counts.Bin(0).ToArray());
        Assert.Equal([0, 0, 0, 0], counts.Bin(1).ToArray());
        Assert.Equal([3, 0, 0, 0], counts.Bin(2).ToArray());
        Assert.Equal((0, 1, 3, 0, 4), (counts.Right(0), counts.Wrong(0), counts.Right(2), counts.Wrong(2), counts.Total));
    }

    [Fact]
    public void A_sum_takes_both_ends_and_adds_to_what_is_there()
    {
        var counts = new EvidenceCounts(bins: 4, rungs: 1);
        for (var bin = 0; bin < 4; bin++)
        {
            counts.Add(bin, 0, wrong: false, times: 1 << bin);
        }

        long[] sum = [100, 7];
        counts.Sum(1, 2, sum);
        Assert.Equal([106, 7], sum);
    }

    [Fact]
    public void Counts_of_fewer_rungs_are_taken_over()
    {
        var (few, more) = (new EvidenceCounts(bins: 2, rungs: 2), new EvidenceCounts(bins: 2, rungs: 3));
        few.Add(0, 1, wrong: true, times: 2);
        few.Add(1, 0, wrong: false, times: 5);
        more.Add(1, 2, wrong: true);
        more.Add(few);

        Assert.Equal([0, 0, 0, 2, 0, 0], more.Bin(0).ToArray());
        Assert.Equal([5, 0, 0, 0, 0, 1], more.Bin(1).ToArray());
        Assert.Equal(8, more.Total);
    }
}
