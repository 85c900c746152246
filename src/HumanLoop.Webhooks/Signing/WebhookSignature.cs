using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HumanLoop.Webhooks;

/// <summary>Signs and verifies webhooks by Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA256 over <c>id.timestamp.body</c>, written <c>v1,</c> and
/// Base64.</summary>
/// <remarks>Pure and safe for concurrent use. Whoever receives webhooks verifies the bytes of the body as they came, before reading them as JSON, and passes
/// over an id that was handled before: delivery is at least once.</remarks>
public static class WebhookSignature
{
    /// <summary>The header with the message's id, the same on every attempt: the idempotency key.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the time of the attempt, in whole seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with one signature for each secret, separated by spaces.</summary>
    public const string SignatureHeader = "webhook-signature";

    private const string Scheme = "v1,";
    private const int LongestHeader = 4_096;
    private const int LongestId = 256;

    /// <summary>How far a timestamp may be from the receiver's clock, unless another tolerance is given.</summary>
    /// <value>5 minutes, either way.</value>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Makes a secret: <c>whsec_</c> and 32 random bytes as Base64.</summary>
    /// <returns>The secret.</returns>
    public static string NewSecret() => WebhookSecret.Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Signs a message with every secret, so that receivers who know any of them accept it: the way to change a secret without losing a message.</summary>
    /// <param name="id">The message's id: 1 to 256 characters.</param>
    /// <param name="timestamp">The time of the attempt.</param>
    /// <param name="body">The body as it is sent.</param>
    /// <param name="secrets">One or more secrets, each <c>whsec_</c> and 24 to 64 bytes as Base64.</param>
    /// <returns>The value of the header <c>webhook-signature</c>.</returns>
    /// <exception cref="ArgumentException">The id is empty or too long, there is no secret, or one is not written as secrets are.</exception>
    public static string Sign(string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body, IReadOnlyList<string> secrets)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id.Length > LongestId)
        {
            throw new ArgumentException($"A webhook's id has at most {LongestId} characters.", nameof(id));
        }

        var keys = WebhookSecret.ReadAll(secrets);
        var signed = Signed(id, timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), body);
        return string.Join(' ', keys.Select(key => Scheme + Convert.ToBase64String(HMACSHA256.HashData(key, signed))));
    }

    /// <summary>Verifies a message that came in. Signatures are compared in constant time.</summary>
    /// <param name="id">The header <c>webhook-id</c>; <see langword="null"/> where it is missing.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>.</param>
    /// <param name="signature">The header <c>webhook-signature</c>; any one signature by any one secret is enough.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="secrets">One or more secrets, each <c>whsec_</c> and 24 to 64 bytes as Base64.</param>
    /// <param name="now">The receiver's time.</param>
    /// <param name="tolerance">How far the timestamp may be from <paramref name="now"/>; <see langword="null"/> for <see cref="Tolerance"/>.</param>
    /// <returns><see cref="WebhookVerification.Valid"/>, or why not; whatever comes in, never an exception.</returns>
    /// <exception cref="ArgumentException">There is no secret, or one is not written as secrets are: a mistake of the receiver, not of the sender.</exception>
    public static WebhookVerification Verify(string? id, string? timestamp, string? signature, ReadOnlySpan<byte> body, IReadOnlyList<string> secrets, DateTimeOffset now, TimeSpan? tolerance = null)
    {
        var keys = WebhookSecret.ReadAll(secrets);
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signature))
        {
            return WebhookVerification.NotSigned;
        }

        if (id.Length > LongestId || signature.Length > LongestHeader || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return WebhookVerification.Malformed;
        }

        if (!IsSigned(Signed(id, timestamp, body), signature, keys))
        {
            return WebhookVerification.WrongSignature;
        }

        // Seconds, not times: a number that no calendar holds must not throw.
        var off = (decimal)seconds - now.ToUnixTimeSeconds();
        return Math.Abs(off) <= (decimal)(tolerance ?? Tolerance).TotalSeconds ? WebhookVerification.Valid : WebhookVerification.OutOfTime;
    }

    /// <summary>Compares every signature with every key, whichever matches: how long it takes tells nothing of where.</summary>
    private static bool IsSigned(byte[] signed, string signatures, IReadOnlyList<byte[]> keys)
    {
        var match = false;
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes + 2];
        foreach (var part in signatures.AsSpan().Split(' '))
        {
            var one = signatures.AsSpan(part);
            if (!one.StartsWith(Scheme, StringComparison.Ordinal) || !Convert.TryFromBase64Chars(one[Scheme.Length..], given, out var written))
            {
                continue;
            }

            foreach (var key in keys)
            {
                match |= CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, signed), given[..written]);
            }
        }

        return match;
    }

    private static byte[] Signed(string id, string timestamp, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
}
