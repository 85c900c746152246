using System.Globalization;
using System.Text;

namespace HumanLoop.AspNetCore.Visiting;

/// <summary>A review's name as one segment of an address: <c>workflow:decision</c>, with <c>~hh</c> for each UTF-8 byte that an address would not keep as it
/// is.</summary>
/// <remarks>Percent-encoding would not do: servers and proxies disagree on what an encoded slash in a path means.</remarks>
internal static class ReviewAddress
{
    private const string Kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";

    public static string Of(ReviewId id)
    {
        var address = new StringBuilder(id.Workflow).Append(':');
        foreach (var value in Encoding.UTF8.GetBytes(id.DecisionId.Value))
        {
            if (value < 128 && Kept.Contains((char)value, StringComparison.Ordinal))
            {
                address.Append((char)value);
            }
            else
            {
                address.Append('~').Append(value.ToString("x2", CultureInfo.InvariantCulture));
            }
        }

        return address.ToString();
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="BadRequestException">It names no review.</exception>
    public static ReviewId Parse(string address) =>
        TryParse(address, out var id) ? id : throw BadRequestException.NotFound("A review is named workflow:decision, as every answer of this API has it in 'id'.");

    public static bool TryParse(string address, out ReviewId id)
    {
        id = default;
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || address.Length > colon + 1 + (DecisionId.MaxLength * 12))
        {
            return false;
        }

        var bytes = new List<byte>(address.Length);
        for (var i = colon + 1; i < address.Length; i++)
        {
            if (address[i] == '~')
            {
                if (i + 2 >= address.Length || !byte.TryParse(address.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                {
                    return false;
                }

                bytes.Add(value);
                i += 2;
            }
            else if (Kept.Contains(address[i], StringComparison.Ordinal))
            {
                bytes.Add((byte)address[i]);
            }
            else
            {
                return false;
            }
        }

        try
        {
            id = new(address[..colon], new DecisionId(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes])));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
