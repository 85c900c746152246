namespace HumanLoop.Adapting;

/// <summary>How many reviewed outcomes were right and wrong, by threshold bin and by rung of ω: integers, so any order and any merge give the same.</summary>
/// <remarks>Bin k holds confidences at or above node k of the grid and below node k − 1. Not safe for concurrent use.</remarks>
internal sealed class EvidenceCounts
{
    private readonly long[] _counts;
    private readonly long[] _right;
    private readonly long[] _wrong;

    internal EvidenceCounts(int bins, int rungs)
    {
        Bins = bins;
        Rungs = rungs;
        _counts = new long[bins * rungs * 2];
        _right = new long[bins];
        _wrong = new long[bins];
    }

    internal int Bins { get; }

    internal int Rungs { get; }

    /// <summary>All outcomes that were counted.</summary>
    internal long Total { get; private set; }

    internal ReadOnlySpan<long> Bin(int bin) => _counts.AsSpan(bin * Rungs * 2, Rungs * 2);

    internal long Right(int bin) => _right[bin];

    internal long Wrong(int bin) => _wrong[bin];

    internal void Add(int bin, int rung, bool wrong, long times = 1)
    {
        _counts[(((bin * Rungs) + rung) * 2) + (wrong ? 1 : 0)] += times;
        (wrong ? _wrong : _right)[bin] += times;
        Total += times;
    }

    /// <summary>Adds counts of the same bins and of no more rungs.</summary>
    internal void Add(EvidenceCounts other)
    {
        for (var bin = 0; bin < Bins; bin++)
        {
            for (var rung = 0; rung < other.Rungs; rung++)
            {
                Add(bin, rung, wrong: false, other.Bin(bin)[2 * rung]);
                Add(bin, rung, wrong: true, other.Bin(bin)[(2 * rung) + 1]);
            }
        }
    }

    /// <summary>Sums the bins from one to another, both included, into a span of one bin's shape.</summary>
    internal void Sum(int from, int to, Span<long> into)
    {
        for (var bin = from; bin <= to; bin++)
        {
            var counts = Bin(bin);
            for (var i = 0; i < counts.Length; i++)
            {
                into[i] += counts[i];
            }
        }
    }
}
