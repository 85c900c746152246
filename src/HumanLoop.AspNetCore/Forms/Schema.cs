using System.Text;
using System.Text.Json;

namespace HumanLoop.AspNetCore.Forms;

/// <summary>A place in a JSON schema (draft 2020-12), as far as a form needs it.</summary>
internal readonly struct Schema
{
    private readonly JsonElement _root;
    private readonly JsonElement _here;

    public Schema(JsonElement root)
        : this(root, root)
    {
    }

    private Schema(JsonElement root, JsonElement here)
    {
        _root = root;
        _here = Resolve(root, here);
    }

    public bool IsNullable => Types.Contains("null") || (Get("enum") is { ValueKind: JsonValueKind.Array } choices && choices.EnumerateArray().Any(choice => choice.ValueKind == JsonValueKind.Null));

    public string? Title => Text("title");

    public string? Description => Text("description");

    public string? Minimum => Get("minimum")?.ToString();

    public string? Maximum => Get("maximum")?.ToString();

    public int? MaxLength => Get("maxLength") is { ValueKind: JsonValueKind.Number } length && length.TryGetInt32(out var most) ? most : null;

    /// <summary>The closed set of values that are not null; empty where there is none.</summary>
    public IReadOnlyList<JsonElement> Choices => Get("enum") is { ValueKind: JsonValueKind.Array } choices
        ? [.. choices.EnumerateArray().Where(choice => choice.ValueKind != JsonValueKind.Null)]
        : [];

    public FieldKind Kind
    {
        get
        {
            if (_here.ValueKind != JsonValueKind.Object)
            {
                return FieldKind.Json;
            }

            if (Choices.Count > 0)
            {
                return FieldKind.Choice;
            }

            // Numbers may come as text too (a usual setting of web applications): a number all the same.
            string[] types = [.. Types.Where(type => type != "null")];
            return types.Contains("integer") ? FieldKind.Integer
                : types.Contains("number") ? FieldKind.Number
                : types is not [var only] ? FieldKind.Json
                : only switch
                {
                    "string" => Text("format") switch
                    {
                        "date" => FieldKind.Date,
                        "multiline" => FieldKind.Multiline,
                        _ => FieldKind.Text,
                    },
                    "boolean" => FieldKind.Flag,
                    "object" when Get("properties") is { ValueKind: JsonValueKind.Object } => FieldKind.Group,
                    "array" when Get("items") is { ValueKind: JsonValueKind.Object } => FieldKind.List,
                    _ => FieldKind.Json,
                };
        }
    }

    public IEnumerable<(string Name, Schema Schema)> Properties
    {
        get
        {
            var root = _root;
            return Get("properties") is { ValueKind: JsonValueKind.Object } properties
                ? properties.EnumerateObject().Select(property => (property.Name, new Schema(root, property.Value)))
                : [];
        }
    }

    public Schema Items => new(_root, Get("items") ?? default);

    private IEnumerable<string> Types => Get("type") switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Select(type => type.GetString()!),
        _ => [],
    };

    private string? Text(string key) => Get(key) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private JsonElement? Get(string key) => _here.ValueKind == JsonValueKind.Object && _here.TryGetProperty(key, out var value) ? value : null;

    /// <summary>Follows <c>$ref</c>, which types that contain themselves are written with.</summary>
    private static JsonElement Resolve(JsonElement root, JsonElement here)
    {
        for (var hops = 0; hops < 16 && here.ValueKind == JsonValueKind.Object && here.TryGetProperty("$ref", out var reference) && reference.GetString() is ['#', .. var pointer]; hops++)
        {
            here = root;
            foreach (var step in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(step => Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
            {
                if (here.ValueKind == JsonValueKind.Object && here.TryGetProperty(step, out var child))
                {
                    here = child;
                }
                else if (here.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index < here.GetArrayLength())
                {
                    here = here[index];
                }
                else
                {
                    return default;
                }
            }
        }

        return here;
    }

    /// <summary>A name of code as a label: <c>orderNumber</c> is "Order number".</summary>
    public static string Label(string name)
    {
        var label = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (c is '_' or '-')
            {
                label.Append(' ');
            }
            else if (char.IsUpper(c) && label.Length > 0 && !char.IsUpper(label[^1]) && label[^1] != ' ')
            {
                label.Append(' ').Append(char.ToLowerInvariant(c));
            }
            else
            {
                label.Append(label.Length == 0 ? char.ToUpperInvariant(c) : c);
            }
        }

        return label.ToString();
    }
}
