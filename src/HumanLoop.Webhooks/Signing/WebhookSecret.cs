namespace HumanLoop.Webhooks;

/// <summary>A secret as Standard Webhooks writes it: <c>whsec_</c> and 24 to 64 bytes as Base64.</summary>
internal static class WebhookSecret
{
    public const string Prefix = "whsec_";
    public const string Rule = "whsec_ and 24 to 64 bytes as Base64; WebhookSignature.NewSecret() makes one";

    private const int Shortest = 24;
    private const int Longest = 64;

    public static IReadOnlyList<byte[]> ReadAll(IReadOnlyList<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        return secrets.Count == 0
            ? throw new ArgumentException("A webhook needs at least one secret.", nameof(secrets))
            : [.. secrets.Select(secret => Read(secret) ?? throw new ArgumentException($"A webhook's secret is {Rule}.", nameof(secrets)))];
    }

    public static bool IsValid(string? secret) => Read(secret) is not null;

    private static byte[]? Read(string? secret)
    {
        if (secret is null || !secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Longest + 3];
        return Convert.TryFromBase64Chars(secret.AsSpan(Prefix.Length), bytes, out var written) && written is >= Shortest and <= Longest ? bytes[..written].ToArray() : null;
    }
}
