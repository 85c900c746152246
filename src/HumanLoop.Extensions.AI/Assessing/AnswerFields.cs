using System.Globalization;
using System.Text.Json;

namespace HumanLoop.Extensions.AI;

/// <summary>An answer taken apart into its scalar values.</summary>
internal static class AnswerFields
{
    /// <summary>Path to normalised value; a scalar answer has the empty path.</summary>
    public static Dictionary<string, string> Of(JsonElement answer, Func<string, JsonElement, string> normalise)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(answer, "", fields, normalise);
        return fields;
    }

    public static string Normalise(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => string.Join(' ', value.GetString()!.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant(),
        JsonValueKind.Number when value.TryGetDecimal(out var number) => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };

    private static void Collect(JsonElement element, string path, Dictionary<string, string> fields, Func<string, JsonElement, string> normalise)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Collect(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", fields, normalise);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, path.Length == 0 ? $"{index}" : $"{path}.{index}", fields, normalise);
                    index++;
                }

                break;
            default:
                fields[path] = normalise(path, element);
                break;
        }
    }
}
