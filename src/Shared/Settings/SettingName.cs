namespace HumanLoop.Settings;

/// <summary>What may name a workflow or a webhook: it stands in configuration keys, addresses, metrics and idempotency keys.</summary>
internal static class SettingName
{
    public const int MaxLength = 64;

    private static readonly System.Buffers.SearchValues<char> Alphabet =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");

    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= MaxLength } && char.IsAsciiLetter(name[0]) && !name.AsSpan().ContainsAnyExcept(Alphabet);

    public static string Rule(string name, string what = "workflow") =>
        $"a {what}'s name is 1 to {MaxLength} of A–Z, a–z, 0–9, '_', '.' and '-', beginning with a letter; not '{name}'.";
}
