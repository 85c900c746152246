namespace HumanLoop.Queues;

/// <summary>What one run of a case gave.</summary>
/// <param name="Rows">How many decisions, claims or jobs.</param>
/// <param name="Elapsed">In what time.</param>
internal sealed record Sample(double Rows, TimeSpan Elapsed)
{
    /// <summary>How long each call took, ascending; empty where nobody asks.</summary>
    public IReadOnlyList<double> Milliseconds { get; init; } = [];

    /// <summary>How many times as long a call took at the end as at the start; <see langword="null"/> where nobody asks.</summary>
    public double? Growth { get; init; }

    public double Rate => Rows / Elapsed.TotalSeconds;

    public double? Percentile(double share) => Milliseconds.Count == 0 ? null : Milliseconds[Math.Min(Milliseconds.Count - 1, (int)(share * Milliseconds.Count))];
}
