using System.Globalization;
using System.Text.Json.Serialization;

namespace HumanLoop;

/// <summary>The line between acting and asking: a confidence at or above it goes straight through, one below it goes to a person.</summary>
/// <remarks><c>default(Threshold)</c> is <see cref="ReviewEverything"/>, the safe one. Immutable and safe to share between threads.</remarks>
[JsonConverter(typeof(ThresholdJsonConverter))]
public readonly record struct Threshold : IComparable<Threshold>
{
    // As in Confidence: the default reads back as NaN, and no confidence is at or above a NaN.
    private readonly long _bitsPlusOne;

    /// <summary>Makes a threshold at a confidence.</summary>
    /// <param name="value">A number in [0, 1]; 0 lets every usable confidence through.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or outside [0, 1]. Use <see cref="ReviewEverything"/> to let nothing through.</exception>
    public Threshold(double value)
    {
        if (value is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"A threshold is a number in [0, 1], not {value.ToString(CultureInfo.InvariantCulture)}; use Threshold.ReviewEverything to let nothing through.");
        }

        _bitsPlusOne = BitConverter.DoubleToInt64Bits(value + 0.0) + 1;
    }

    /// <summary>The strictest threshold: it admits nothing, a person looks at everything.</summary>
    public static Threshold ReviewEverything => default;

    /// <summary>Whether this is <see cref="ReviewEverything"/>.</summary>
    public bool IsReviewEverything => _bitsPlusOne == 0;

    /// <summary>The number in [0, 1]; NaN for <see cref="ReviewEverything"/>.</summary>
    public double Value => BitConverter.Int64BitsToDouble(_bitsPlusOne - 1);

    /// <summary>Whether a decision of this confidence may go straight through: confidence ≥ threshold.</summary>
    /// <param name="confidence">The confidence; an unusable one is never admitted.</param>
    /// <returns><see langword="true"/> at or above the threshold.</returns>
    public bool Admits(Confidence confidence) => confidence.Value >= Value;

    /// <summary>Orders from loose to strict; <see cref="ReviewEverything"/> is the strictest.</summary>
    /// <param name="other">The threshold to compare with.</param>
    /// <returns>Less than zero, zero or more than zero, as this is looser than, equal to or stricter than <paramref name="other"/>.</returns>
    public int CompareTo(Threshold other) => Strictness.CompareTo(other.Strictness);

    /// <summary>Whether <paramref name="left"/> is looser than <paramref name="right"/>.</summary>
    public static bool operator <(Threshold left, Threshold right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is stricter than <paramref name="right"/>.</summary>
    public static bool operator >(Threshold left, Threshold right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is at most as strict as <paramref name="right"/>.</summary>
    public static bool operator <=(Threshold left, Threshold right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is at least as strict as <paramref name="right"/>.</summary>
    public static bool operator >=(Threshold left, Threshold right) => left.CompareTo(right) >= 0;

    /// <summary>The number, or <c>review everything</c>.</summary>
    /// <returns>For example <c>0.9</c>.</returns>
    public override string ToString() => IsReviewEverything ? "review everything" : Value.ToString("0.######", CultureInfo.InvariantCulture);

    private double Strictness => IsReviewEverything ? double.PositiveInfinity : Value;
}
