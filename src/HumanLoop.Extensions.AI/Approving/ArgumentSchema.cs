using System.Globalization;
using System.Text.Json;

namespace HumanLoop.Extensions.AI;

/// <summary>Checks arguments against a tool's JSON schema: the keywords that function schemas are made of (JSON Schema 2020-12, validation and core).</summary>
/// <remarks>
/// Stricter in one thing: an argument that the schema does not name is refused unless <c>additionalProperties</c> allows it, for a misspelt
/// name would otherwise be ignored in silence. Keywords beyond these are left to the tool.
/// </remarks>
internal static class ArgumentSchema
{
    private const int MaxDepth = 32;

    /// <summary>What is wrong, naming the argument, or <see langword="null"/>.</summary>
    public static string? Problem(JsonElement schema, JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            return "arguments must be an object.";
        }

        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && !schema.TryGetProperty("additionalProperties", out _))
        {
            foreach (var argument in arguments.EnumerateObject())
            {
                if (!properties.TryGetProperty(argument.Name, out _))
                {
                    return $"{argument.Name} is not one of {string.Join(", ", properties.EnumerateObject().Select(property => property.Name))}.";
                }
            }
        }

        return Check(schema, schema, arguments, "arguments", 0);
    }

    private static string? Check(JsonElement root, JsonElement schema, JsonElement value, string path, int depth)
    {
        if (schema.ValueKind == JsonValueKind.False || depth > MaxDepth)
        {
            return $"{path} is not allowed.";
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            var problem = keyword.Name switch
            {
                "$ref" => Check(root, Resolve(root, keyword.Value.GetString()), value, path, depth + 1),
                "allOf" => All(root, keyword.Value, value, path, depth),
                "anyOf" => keyword.Value.EnumerateArray().Any(each => Check(root, each, value, path, depth + 1) is null) ? null : $"{path} fits none of the allowed forms.",
                "oneOf" => keyword.Value.EnumerateArray().Count(each => Check(root, each, value, path, depth + 1) is null) == 1 ? null : $"{path} does not fit exactly one of the allowed forms.",
                "properties" or "required" or "additionalProperties" when value.ValueKind == JsonValueKind.Object => Members(root, schema, keyword, value, path, depth),
                "items" when value.ValueKind == JsonValueKind.Array => Items(root, keyword.Value, value, path, depth),
                _ => ArgumentKeyword.Problem(keyword, value, path),
            };
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? All(JsonElement root, JsonElement schemas, JsonElement value, string path, int depth) =>
        schemas.EnumerateArray().Select(each => Check(root, each, value, path, depth + 1)).FirstOrDefault(problem => problem is not null);

    private static string? Items(JsonElement root, JsonElement schema, JsonElement value, string path, int depth) =>
        value.EnumerateArray().Select((item, index) => Check(root, schema, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), depth + 1)).FirstOrDefault(problem => problem is not null);

    private static string? Members(JsonElement root, JsonElement schema, JsonProperty keyword, JsonElement value, string path, int depth)
    {
        if (keyword.NameEquals("required"u8))
        {
            var missing = keyword.Value.EnumerateArray().Select(name => name.GetString()!).FirstOrDefault(name => !value.TryGetProperty(name, out _));
            return missing is null ? null : $"{Name(path, missing)} is missing.";
        }

        var named = schema.TryGetProperty("properties", out var properties) ? properties : default;
        foreach (var member in value.EnumerateObject())
        {
            var isNamed = named.ValueKind == JsonValueKind.Object && named.TryGetProperty(member.Name, out _);
            var problem = keyword.NameEquals("properties"u8)
                ? isNamed ? Check(root, named.GetProperty(member.Name), member.Value, Name(path, member.Name), depth + 1) : null
                : isNamed ? null : Check(root, keyword.Value, member.Value, Name(path, member.Name), depth + 1);
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static string Name(string path, string member) => path == "arguments" ? member : $"{path}.{member}";

    /// <summary>The part of the schema that a local pointer names; one that leads nowhere allows nothing.</summary>
    private static JsonElement Resolve(JsonElement root, string? pointer)
    {
        var found = root;
        foreach (var step in (pointer ?? "").TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (found.ValueKind == JsonValueKind.Array && int.TryParse(name, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < found.GetArrayLength())
            {
                found = found[index];
            }
            else if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
            {
                return JsonElement.Parse("false");
            }
        }

        return found;
    }
}
