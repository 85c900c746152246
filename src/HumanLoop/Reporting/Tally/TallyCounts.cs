namespace HumanLoop.Reporting;

/// <summary>One number for each column. Additive: the counts of two halves are the counts of the whole. Not safe for concurrent use.</summary>
internal sealed class TallyCounts
{
    public static readonly int Columns = Enum.GetValues<TallyColumn>().Length;

    private readonly long[] _counts = new long[Columns];

    public TallyCounts()
    {
    }

    /// <summary>Reads what <see cref="ToArray"/> wrote, in this version or an earlier one with fewer columns.</summary>
    /// <exception cref="FormatException">There are more columns than this version knows.</exception>
    public TallyCounts(IReadOnlyList<long> stored)
    {
        if (stored.Count > Columns)
        {
            throw new FormatException($"There are {stored.Count} columns; this version of the library knows {Columns}.");
        }

        for (var i = 0; i < stored.Count; i++)
        {
            _counts[i] = stored[i];
        }
    }

    public long this[TallyColumn column] => _counts[(int)column];

    public long Verdicts => this[TallyColumn.Approved] + this[TallyColumn.Corrected] + this[TallyColumn.Rejected];

    /// <summary>Acted without being looked at.</summary>
    public long Untouched => this[TallyColumn.StraightThrough] - this[TallyColumn.Audits];

    public void Add(TallyColumn column, long number) => _counts[(int)column] += number;

    public void Add(TallyCounts other)
    {
        for (var i = 0; i < Columns; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>The counts up to the last that is not zero.</summary>
    public long[] ToArray() => _counts.AsSpan().TrimEnd(0L).ToArray();

    public static TallyCounts Sum(IEnumerable<TallyCounts> all)
    {
        var sum = new TallyCounts();
        foreach (var one in all)
        {
            sum.Add(one);
        }

        return sum;
    }
}
