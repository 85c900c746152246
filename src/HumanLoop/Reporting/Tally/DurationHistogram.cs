namespace HumanLoop.Reporting;

/// <summary>How long something took, in steps that are narrow for seconds and wide for days. Additive. Not safe for concurrent use.</summary>
internal sealed class DurationHistogram
{
    /// <summary>The steps' upper ends in seconds; the last step has none. Stored by place: never change them.</summary>
    private static readonly int[] Ends =
    [
        1, 2, 3, 5, 8, 13, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1_200, 1_800, 3_600,
        7_200, 14_400, 28_800, 57_600, 86_400, 172_800, 259_200, 604_800,
    ];

    private readonly long[] _counts = new long[Ends.Length + 1];

    public DurationHistogram()
    {
    }

    /// <exception cref="FormatException">There are more steps than there are.</exception>
    public DurationHistogram(IReadOnlyList<long> stored)
    {
        if (stored.Count > _counts.Length)
        {
            throw new FormatException($"There are {stored.Count} steps of time; this version of the library knows {_counts.Length}.");
        }

        for (var i = 0; i < stored.Count; i++)
        {
            _counts[i] = stored[i];
        }
    }

    public long Count => _counts.Sum();

    public void Add(double seconds)
    {
        var step = Array.FindIndex(Ends, end => seconds < end);
        _counts[step < 0 ? Ends.Length : step]++;
    }

    public void Add(DurationHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>The median in seconds, evenly spread within its step; null when there is none.</summary>
    public double? Median()
    {
        var half = Count / 2.0;
        if (half == 0)
        {
            return null;
        }

        double before = 0;
        for (var i = 0; i < Ends.Length; i++)
        {
            if (before + _counts[i] >= half)
            {
                double from = i == 0 ? 0 : Ends[i - 1];
                return from + ((Ends[i] - from) * (half - before) / _counts[i]);
            }

            before += _counts[i];
        }

        return Ends[^1];
    }

    public long[] ToArray() => _counts.AsSpan().TrimEnd(0L).ToArray();
}
