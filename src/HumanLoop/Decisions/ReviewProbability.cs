using System.Text.Json.Serialization;

namespace HumanLoop;

/// <summary>The chance with which a person looks at a decision: a rung of the ladder 1, 2^−½, 2^−1, … 2^−6½.</summary>
/// <remarks>
/// Only rungs are used, and only the rung's number is stored, so that evidence stays a matter of integers: ratios of
/// probabilities are differences of rungs. <c>default</c> is the probability 1. Immutable and safe to share between threads.
/// </remarks>
[JsonConverter(typeof(ReviewProbabilityJsonConverter))]
public readonly record struct ReviewProbability
{
    /// <summary>The number of the last rung; its probability is about 0.011.</summary>
    public const int LastRung = 13;

    private static readonly double[] Ladder = [.. Enumerable.Range(0, LastRung + 1).Select(rung => Math.Pow(2, -rung / 2.0))];

    private readonly byte _rung;

    private ReviewProbability(int rung) => _rung = (byte)rung;

    /// <summary>Everything is looked at.</summary>
    public static ReviewProbability Always => default;

    /// <summary>The rung's number, from 0 (always) to <see cref="LastRung"/>.</summary>
    public int Rung => _rung;

    /// <summary>The probability, in (0, 1].</summary>
    public double Value => Ladder[_rung];

    /// <summary>The probability of a rung.</summary>
    /// <param name="rung">0 to <see cref="LastRung"/>.</param>
    /// <returns>2^(−rung/2).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rung.</exception>
    public static ReviewProbability AtRung(int rung)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rung);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rung, LastRung);
        return new(rung);
    }

    /// <summary>The lowest rung that is at least a wanted probability: rounding never checks less than asked.</summary>
    /// <param name="wanted">The wanted probability; 1 and above give <see cref="Always"/>, the least rung is the floor.</param>
    /// <returns>A rung.</returns>
    public static ReviewProbability AtLeast(double wanted)
    {
        var rung = LastRung;
        while (rung > 0 && !(Ladder[rung] >= wanted))
        {
            rung--;
        }

        return new(rung);
    }
}
