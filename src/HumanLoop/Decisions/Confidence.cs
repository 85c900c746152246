using System.Globalization;
using System.Text.Json.Serialization;

namespace HumanLoop;

/// <summary>How sure a model is of its proposal: a number from 0 (not at all) to 1 (certain), both included.</summary>
/// <remarks>
/// Total: every <see cref="double"/> makes a confidence. NaN, infinities and numbers outside [0, 1] make an <em>unusable</em> one,
/// which no threshold admits, so the decision goes to a person. <c>default(Confidence)</c> is unusable. Higher is surer; turn a risk
/// score round before you hand it in. Immutable and safe to share between threads.
/// </remarks>
[JsonConverter(typeof(ConfidenceJsonConverter))]
public readonly record struct Confidence : IComparable<Confidence>
{
    // The bits of the value plus one: the default, zero, then reads back as the bits −1, which are a NaN, and a NaN passes no comparison.
    private readonly long _bitsPlusOne;

    /// <summary>Makes a confidence from a number; one outside [0, 1] or NaN makes an unusable confidence.</summary>
    /// <param name="value">A number in [0, 1].</param>
    public Confidence(double value) =>
        _bitsPlusOne = value is >= 0 and <= 1 ? BitConverter.DoubleToInt64Bits(value + 0.0) + 1 : 0;

    /// <summary>A confidence that passes no threshold: the score was missing, NaN or out of range.</summary>
    public static Confidence Unusable => default;

    /// <summary>Whether this is a number in [0, 1] that a threshold can judge.</summary>
    public bool IsUsable => _bitsPlusOne != 0;

    /// <summary>The number in [0, 1]; NaN when unusable.</summary>
    public double Value => BitConverter.Int64BitsToDouble(_bitsPlusOne - 1);

    /// <summary>Makes a confidence from a number; one outside [0, 1] or NaN makes an unusable confidence.</summary>
    /// <param name="value">A number in [0, 1].</param>
    public static implicit operator Confidence(double value) => new(value);

    /// <summary>Orders by sureness; an unusable confidence is below every usable one.</summary>
    /// <param name="other">The confidence to compare with.</param>
    /// <returns>Less than zero, zero or more than zero, as this is less sure than, as sure as or surer than <paramref name="other"/>.</returns>
    public int CompareTo(Confidence other) => _bitsPlusOne.CompareTo(other._bitsPlusOne);

    /// <summary>Whether <paramref name="left"/> is less sure than <paramref name="right"/>.</summary>
    public static bool operator <(Confidence left, Confidence right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is surer than <paramref name="right"/>.</summary>
    public static bool operator >(Confidence left, Confidence right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is at most as sure as <paramref name="right"/>.</summary>
    public static bool operator <=(Confidence left, Confidence right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is at least as sure as <paramref name="right"/>.</summary>
    public static bool operator >=(Confidence left, Confidence right) => left.CompareTo(right) >= 0;

    /// <summary>The number, or <c>unusable</c>.</summary>
    /// <returns>For example <c>0.93</c>.</returns>
    public override string ToString() => IsUsable ? Value.ToString("0.######", CultureInfo.InvariantCulture) : "unusable";
}
