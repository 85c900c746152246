using System.Text.Json;
using System.Text.RegularExpressions;

namespace HumanLoop.Extensions.AI;

/// <summary>The keywords of a schema that look at one value alone.</summary>
internal static class ArgumentKeyword
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    public static string? Problem(JsonProperty keyword, JsonElement value, string path) => keyword.Name switch
    {
        "type" => Types(keyword.Value).Any(type => Is(type, value)) ? null : $"{path} must be {string.Join(" or ", Types(keyword.Value))}.",
        "enum" => keyword.Value.EnumerateArray().Any(each => JsonElement.DeepEquals(each, value)) ? null : $"{path} must be one of {string.Join(", ", keyword.Value.EnumerateArray())}.",
        "const" => JsonElement.DeepEquals(keyword.Value, value) ? null : $"{path} must be {keyword.Value}.",
        "minimum" => Number(value, keyword.Value, static (number, limit) => number >= limit, path, "at least"),
        "maximum" => Number(value, keyword.Value, static (number, limit) => number <= limit, path, "at most"),
        "exclusiveMinimum" => Number(value, keyword.Value, static (number, limit) => number > limit, path, "above"),
        "exclusiveMaximum" => Number(value, keyword.Value, static (number, limit) => number < limit, path, "below"),
        "minLength" => Length(value, keyword.Value, static (length, limit) => length >= limit, path, "at least"),
        "maxLength" => Length(value, keyword.Value, static (length, limit) => length <= limit, path, "at most"),
        "pattern" => value.ValueKind != JsonValueKind.String || Matches(value.GetString()!, keyword.Value.GetString()!) ? null : $"{path} must match {keyword.Value}.",
        "minItems" => Items(value, keyword.Value, static (count, limit) => count >= limit, path, "at least"),
        "maxItems" => Items(value, keyword.Value, static (count, limit) => count <= limit, path, "at most"),
        _ => null,
    };

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString()!) : [type.GetString()!];

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetDecimal(out var number) ? decimal.Truncate(number) == number : Math.Truncate(value.GetDouble()) == value.GetDouble()),
        _ => true,
    };

    private static string? Number(JsonElement value, JsonElement limit, Func<double, double, bool> holds, string path, string word) =>
        value.ValueKind != JsonValueKind.Number || holds(value.GetDouble(), limit.GetDouble()) ? null : $"{path} must be {word} {limit.GetRawText()}.";

    private static string? Length(JsonElement value, JsonElement limit, Func<int, int, bool> holds, string path, string word) =>
        value.ValueKind != JsonValueKind.String || holds(value.GetString()!.EnumerateRunes().Count(), limit.GetInt32()) ? null : $"{path} must have {word} {limit.GetRawText()} characters.";

    private static string? Items(JsonElement value, JsonElement limit, Func<int, int, bool> holds, string path, string word) =>
        value.ValueKind != JsonValueKind.Array || holds(value.GetArrayLength(), limit.GetInt32()) ? null : $"{path} must have {word} {limit.GetRawText()} items.";

    /// <summary>A pattern that cannot be read or takes too long matches nothing: what cannot be checked is not passed.</summary>
    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, Patience);
        }
        catch (Exception unusable) when (unusable is RegexMatchTimeoutException or ArgumentException)
        {
            return false;
        }
    }
}
