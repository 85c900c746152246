using System.Buffers.Binary;
using System.Numerics;

namespace HumanLoop.Routing;

/// <summary>SipHash-2-4, a keyed hash whose values nobody can guess without the key.</summary>
/// <remarks>Jean-Philippe Aumasson and Daniel J. Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012. A value type, so that hashing a common beginning once and copying the state costs nothing.</remarks>
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

    /// <summary>Takes in whole blocks of 8 bytes.</summary>
    public void AppendBlocks(ReadOnlySpan<byte> blocks)
    {
        while (blocks.Length >= 8)
        {
            Block(BinaryPrimitives.ReadUInt64LittleEndian(blocks));
            blocks = blocks[8..];
        }
    }

    /// <summary>Takes in the rest and gives the hash.</summary>
    public ulong Finish(ReadOnlySpan<byte> rest)
    {
        AppendBlocks(rest);
        var tail = rest[(rest.Length & ~7)..];
        var last = (_length + (ulong)tail.Length) << 56;
        for (var i = 0; i < tail.Length; i++)
        {
            last |= (ulong)tail[i] << (8 * i);
        }

        _v3 ^= last;
        Round();
        Round();
        _v0 ^= last;
        _v2 ^= 0xff;
        Round();
        Round();
        Round();
        Round();
        return _v0 ^ _v1 ^ _v2 ^ _v3;
    }

    private void Block(ulong m)
    {
        _v3 ^= m;
        Round();
        Round();
        _v0 ^= m;
        _length += 8;
    }

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
