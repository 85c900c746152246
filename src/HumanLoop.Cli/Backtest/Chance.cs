using System.Numerics;

namespace HumanLoop.Cli.Backtest;

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
