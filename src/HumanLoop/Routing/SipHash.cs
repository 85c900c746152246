using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace HumanLoop.Routing;

/// <summary>SipHash-2-4, a keyed hash whose values cannot be guessed without the key.</summary>
/// <remarks>Jean-Philippe Aumasson and Daniel J. Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012. A value type, so that hashing a common
/// beginning once and copying the state costs nothing.</remarks>
internal struct SipHash
{
    private ulong _v0;
    private ulong _v1;
    private ulong _v2;
    private ulong _v3;
    private ulong _length;

    public SipHash(ulong key0, ulong key1)
    {
        _v0 = key0 ^ 0x736f6d6570736575UL;
        _v1 = key1 ^ 0x646f72616e646f6dUL;
        _v2 = key0 ^ 0x6c7967656e657261UL;
        _v3 = key1 ^ 0x7465646279746573UL;
    }

    /// <summary>The state after whole blocks of 8 bytes more.</summary>
    public readonly SipHash After(ReadOnlySpan<byte> blocks)
    {
        var next = this;
        while (blocks.Length >= 8)
        {
            next.Block(BinaryPrimitives.ReadUInt64LittleEndian(blocks));
            blocks = blocks[8..];
        }

        return next;
    }

    /// <summary>The hash after the rest.</summary>
    public readonly ulong Finish(ReadOnlySpan<byte> rest)
    {
        var end = this;
        while (rest.Length >= 8)
        {
            end.Block(BinaryPrimitives.ReadUInt64LittleEndian(rest));
            rest = rest[8..];
        }

        var last = (end._length + (ulong)rest.Length) << 56;
        for (var i = 0; i < rest.Length; i++)
        {
            last |= (ulong)rest[i] << (8 * i);
        }

        end.Block(last);
        end._v2 ^= 0xff;
        end.Round();
        end.Round();
        end.Round();
        end.Round();
        return end._v0 ^ end._v1 ^ end._v2 ^ end._v3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Block(ulong m)
    {
        _v3 ^= m;
        Round();
        Round();
        _v0 ^= m;
        _length += 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Round()
    {
        _v0 += _v1;
        _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
        _v0 = BitOperations.RotateLeft(_v0, 32);
        _v2 += _v3;
        _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
        _v0 += _v3;
        _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
        _v2 += _v1;
        _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
        _v2 = BitOperations.RotateLeft(_v2, 32);
    }
}
