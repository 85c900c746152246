using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HumanLoop.Tests.Shared;

/// <summary>The options of a section, its JSON schema and its table in the documentation, for comparing them.</summary>
internal static partial class SettingsReference
{
    /// <summary>The schema of a section of a package.</summary>
    public static JsonObject Schema(string package) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", package, "ConfigurationSchema.json")))!["properties"]!["HumanLoop"]!.AsObject();

    /// <summary>The keys of one section of the reference table, each with its default as it is written there.</summary>
    public static Dictionary<string, string> Rows(string heading)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "concepts", "configuration.md"));
        var begin = text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        var end = text.IndexOf("\n## ", begin + 4, StringComparison.Ordinal);
        return TableRow().Matches(end < 0 ? text[begin..] : text[begin..end]).ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value.Trim(), StringComparer.Ordinal);
    }

    /// <summary>Asserts that a table has every key with its default.</summary>
    public static void AssertTable(string heading, IReadOnlyDictionary<string, object?> defaults)
    {
        var rows = Rows(heading);
        Assert.Equal(Sorted(defaults.Keys), Sorted(rows.Keys));
        foreach (var (key, value) in defaults)
        {
            var written = value switch
            {
                null or "" => null,
                IEnumerable and not string => null,
                bool flag => flag ? "`true`" : "`false`",
                TimeSpan span => $"`{span.ToString("c", CultureInfo.InvariantCulture)}`",
                IFormattable other => $"`{other.ToString(null, CultureInfo.InvariantCulture)}`",
                _ => $"`{value}`",
            };
            if (written is null)
            {
                Assert.False(rows[key].StartsWith('`'), $"{key} has no default, and the table gives {rows[key]}.");
            }
            else
            {
                Assert.Equal($"{key} {written}", $"{key} {rows[key]}");
            }
        }
    }

    /// <summary>Asserts that a schema has every default and no other.</summary>
    public static void AssertDefaults(IReadOnlyDictionary<string, JsonObject> schema, IReadOnlyDictionary<string, object?> defaults)
    {
        foreach (var (key, value) in defaults)
        {
            var expected = Json(value);
            var found = schema[key]["default"];
            Assert.True(JsonNode.DeepEquals(expected, found), $"{key}: the default is {expected?.ToJsonString() ?? "none"}, and the schema says {found?.ToJsonString() ?? "none"}.");
        }
    }

    /// <summary>Asserts that a key of a schema is described, and typed as its value is read.</summary>
    public static void AssertTyped(string key, JsonObject leaf, bool isList, Func<string, bool> reads)
    {
        Assert.True(leaf["description"]?.GetValue<string>() is { Length: > 10 }, $"{key} has no description.");
        var type = isList ? "array" : reads("true") && !reads("x") ? "boolean" : reads("7") && !reads("x") && !reads("00:01:00") ? reads("0.5") ? "number" : "integer" : "string";
        Assert.True(type == leaf["type"]!.GetValue<string>(), $"{key} is read as {type}, and the schema says {leaf["type"]}.");
    }

    /// <summary>Every settable value below an options object, by the key that the configuration binds it from.</summary>
    public static Dictionary<string, object?> Properties(object options, string path = "")
    {
        var found = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
            var value = property.GetValue(options);
            if (value is not null && value.GetType().Name.EndsWith("Options", StringComparison.Ordinal))
            {
                foreach (var (inner, one) in Properties(value, key))
                {
                    found.Add(inner, one);
                }
            }
            else
            {
                found.Add(key, value);
            }
        }

        return found;
    }

    /// <summary>Every value below a schema's object, by its key.</summary>
    public static Dictionary<string, JsonObject> Leaves(JsonObject schema, string path = "")
    {
        var found = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
        foreach (var (name, node) in schema["properties"]!.AsObject())
        {
            var (key, leaf) = (path.Length == 0 ? name : $"{path}:{name}", node!.AsObject());
            if (!leaf.ContainsKey("properties"))
            {
                found.Add(key, leaf);
                continue;
            }

            foreach (var (inner, one) in Leaves(leaf, key))
            {
                found.Add(inner, one);
            }
        }

        return found;
    }

    public static IEnumerable<string> Sorted(IEnumerable<string> keys) => keys.Order(StringComparer.Ordinal);

    private static JsonNode? Json(object? value) => value switch
    {
        null or "" => null,
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Enum choice => choice.ToString(),
        string text => text,
        IEnumerable list => new JsonArray([.. list.Cast<object>().Select(one => (JsonNode?)one.ToString())]),
        double number => JsonSerializer.SerializeToNode(number),
        _ => JsonSerializer.SerializeToNode(value, value.GetType()),
    };

    [GeneratedRegex(@"^\| `(?<key>[A-Za-z:]+)` \| (?<default>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
