using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace HumanLoop.Routing;

/// <summary>
/// Draws which straight-through decisions a person checks: by a keyed hash of workflow and id, so that retries and all
/// instances agree, and no caller who makes decisions can foresee or choose the draw.
/// </summary>
/// <remarks>
/// SipHash-2-4 over: one byte with the length of the workflow's name, the name in UTF-8, zeros up to a multiple of 8 bytes, the id in UTF-8;
/// for the draw of blind reviews with three zeros and "blind" before the id. Immutable.
/// </remarks>
internal sealed class AuditDraw
{
    public const int KeyLength = 16;

    private readonly SipHash _workflow;
    private readonly SipHash _blind;

    public AuditDraw(ReadOnlySpan<byte> key, string workflow)
    {
        Span<byte> prefix = stackalloc byte[(1 + Encoding.UTF8.GetMaxByteCount(workflow.Length) + 7) & ~7];
        prefix.Clear();
        var length = Encoding.UTF8.GetBytes(workflow, prefix[1..]);
        prefix[0] = (byte)length;
        var keyed = new SipHash(BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]));
        _workflow = keyed.After(prefix[..((1 + length + 7) & ~7)]);
        _blind = _workflow.After("\0\0\0blind"u8);
    }

    /// <summary>A number that is uniform over all of <see cref="ulong"/> without the key.</summary>
    [SkipLocalsInit]
    public ulong Number(DecisionId id)
    {
        Span<byte> bytes = stackalloc byte[3 * DecisionId.MaxLength];
        var length = Encoding.UTF8.GetBytes(id.Value, bytes);
        return _workflow.Finish(bytes[..length]);
    }

    /// <summary>Whether a decision is drawn, with a given chance.</summary>
    public bool Draws(DecisionId id, ReviewProbability chance) => chance.Rung == 0 || Number(id) < Limit(chance);

    /// <summary>Whether the reviewer of a decision is shown nothing of what the AI said. Independent of whether it was drawn to be checked.</summary>
    [SkipLocalsInit]
    public bool DrawsBlind(DecisionId id, double share)
    {
        if (share is <= 0 or >= 1)
        {
            return share >= 1;
        }

        Span<byte> bytes = stackalloc byte[3 * DecisionId.MaxLength];
        return _blind.Finish(bytes[..Encoding.UTF8.GetBytes(id.Value, bytes)]) < (ulong)(share * 18446744073709551616.0);
    }

    /// <summary>Names a key without telling it.</summary>
    public static string KeyFingerprint(ReadOnlySpan<byte> key) => Convert.ToHexStringLower(SHA256.HashData(key))[..16];

    private static ulong Limit(ReviewProbability chance) => (ulong)(chance.Value * 18446744073709551616.0);
}
