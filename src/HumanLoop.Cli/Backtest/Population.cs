using HumanLoop.Assessing;
using HumanLoop.Cli.Input;

namespace HumanLoop.Cli.Backtest;

/// <summary>A file taken as all there is, so that the true error rate and the coverage of every threshold are known.</summary>
internal sealed class Population
{
    // Distinct confidences from the surest down, with how many rows and errors lie at or above each.
    private readonly double[] _confidences;
    private readonly long[] _rows;
    private readonly long[] _errors;

    internal Population(IEnumerable<DecisionRow> rows, string name = "all decisions")
    {
        Name = name;
        DecisionRow[] all = [.. rows];
        Total = all.Length;
        Health = ConfidenceHealth.Measure(all.Select(row => (row.Confidence, !row.IsWrong, 1.0)));
        var groups = all.Where(row => row.Confidence.IsUsable).GroupBy(row => row.Confidence.Value).OrderByDescending(group => group.Key).ToArray();
        _confidences = [.. groups.Select(group => group.Key)];
        _rows = new long[groups.Length];
        _errors = new long[groups.Length];
        long count = 0, errors = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            count += groups[i].Count();
            errors += groups[i].Count(row => row.IsWrong);
            (_rows[i], _errors[i]) = (count, errors);
        }
    }

    /// <summary>What people call it: the segment, or all decisions.</summary>
    internal string Name { get; }

    internal long Total { get; }

    /// <summary>What the confidence is worth on all of it.</summary>
    internal ConfidenceHealth Health { get; }

    /// <summary>Rows at or above a threshold.</summary>
    internal long Admitted(Threshold threshold) => At(_rows, threshold);

    /// <summary>Whether more than the target's share of the rows at or above a threshold are wrong.</summary>
    internal bool IsAbove(Threshold threshold, double target)
    {
        var admitted = Admitted(threshold);
        return admitted > 0 && (double)At(_errors, threshold) / admitted > target;
    }

    /// <summary>The loosest threshold whose true error rate is within a target.</summary>
    internal Threshold Oracle(double target)
    {
        for (var i = _confidences.Length - 1; i >= 0; i--)
        {
            if (!((double)_errors[i] / _rows[i] > target))
            {
                return new(_confidences[i]);
            }
        }

        return Threshold.ReviewEverything;
    }

    /// <summary>Coverage and error rate at every cut point, from the strictest.</summary>
    internal IEnumerable<(double Threshold, double Coverage, double ErrorRate)> Curve()
    {
        for (var i = 0; i < _confidences.Length; i++)
        {
            yield return (_confidences[i], _rows[i] / (double)Total, _errors[i] / (double)_rows[i]);
        }
    }

    private long At(long[] counts, Threshold threshold)
    {
        if (threshold.IsReviewEverything)
        {
            return 0;
        }

        int low = 0, high = _confidences.Length;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = threshold.Admits(_confidences[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? 0 : counts[low - 1];
    }
}
