using System.Numerics;

namespace HumanLoop.Adapting;

/// <summary>Seeded chance that gives the same numbers on every machine and in every version: xoshiro256++ (Blackman and Vigna 2019). Not for secrets.</summary>
internal sealed class Chance
{
    private ulong _a, _b, _c, _d;

    /// <summary>Starts one of many independent streams of a seed.</summary>
    internal Chance(long seed, long stream)
    {
        // SplitMix64 spreads the seed over the state, as the authors advise.
        var mixer = unchecked((ulong)seed * 0x9E3779B97F4A7C15 ^ (ulong)stream * 0xD1342543DE82EF95);
        (_a, _b, _c, _d) = (Mix(ref mixer), Mix(ref mixer), Mix(ref mixer), Mix(ref mixer));
    }

    /// <summary>A whole number from 0 to below <paramref name="end"/>.</summary>
    internal int Below(int end) => (int)Math.BigMul(Bits(), (ulong)end, out _);

    /// <summary>A number in [0, 1).</summary>
    internal double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from a Beta distribution, as the share of the first of two Gamma numbers.</summary>
    internal double Beta(double a, double b)
    {
        var first = Gamma(a);
        return first / (first + Gamma(b));
    }

    /// <summary>A number from a Gamma distribution: Marsaglia and Tsang 2000, with their step for shapes below 1.</summary>
    private double Gamma(double shape)
    {
        if (shape < 1)
        {
            return Gamma(shape + 1) * Math.Pow(1 - Unit(), 1 / shape);
        }

        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());
            var v = Math.Pow(1 + (c * normal), 3);
            if (v > 0 && Math.Log(1 - Unit()) < (normal * normal / 2) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    private ulong Bits()
    {
        var result = BitOperations.RotateLeft(_a + _d, 23) + _a;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
