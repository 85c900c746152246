using System.Globalization;
using System.Text.Json;

namespace HumanLoop.AspNetCore.Forms;

/// <summary>Makes a form from a proposal's schema and value. Where the value does not fit its schema, its JSON is what can be edited: nothing is
/// hidden.</summary>
internal static class ProposalForm
{
    private const int MaxDepth = 8;
    private const int MaxRows = 200;

    public static FormField Of(JsonElement schema, JsonElement? value, ProposalMarks marks) => Field(new(schema), value, "", "Proposal", marks, 0);

    /// <summary>The way to a child (RFC 6901).</summary>
    public static string Child(string path, string name) => $"{path}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Child(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}/{index}");

    /// <summary>How a value is entered: by its schema, unless it does not fit or there is too much of it.</summary>
    public static FieldKind KindOf(Schema schema, JsonElement? value, int depth)
    {
        var kind = depth >= MaxDepth ? FieldKind.Json : schema.Kind;
        var shape = value?.ValueKind ?? JsonValueKind.Undefined;
        var isAbsent = shape is JsonValueKind.Undefined or JsonValueKind.Null;
        return kind switch
        {
            // A group or list that may be absent, and is, can only be said in JSON.
            FieldKind.Group when shape == JsonValueKind.Null || (!isAbsent && shape != JsonValueKind.Object) => FieldKind.Json,
            FieldKind.List when shape == JsonValueKind.Null || (!isAbsent && (shape != JsonValueKind.Array || value!.Value.GetArrayLength() > MaxRows)) => FieldKind.Json,
            FieldKind.Text or FieldKind.Multiline or FieldKind.Date when !isAbsent && shape != JsonValueKind.String => FieldKind.Json,
            FieldKind.Integer or FieldKind.Number when !isAbsent && shape is not (JsonValueKind.Number or JsonValueKind.String) => FieldKind.Json,
            FieldKind.Flag when !isAbsent && shape is not (JsonValueKind.True or JsonValueKind.False) => FieldKind.Json,
            FieldKind.Date when !isAbsent && !DateOnly.TryParseExact(value!.Value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => FieldKind.Text,
            _ => kind,
        };
    }

    private static FormField Field(Schema schema, JsonElement? value, string path, string name, ProposalMarks marks, int depth)
    {
        var kind = KindOf(schema, value, depth);
        return new()
        {
            Path = path,
            Label = schema.Title ?? Schema.Label(name),
            Kind = kind,
            Description = schema.Description,
            IsNullable = schema.IsNullable,
            Value = value,
            Choices = kind == FieldKind.Choice ? schema.Choices : [],
            Minimum = schema.Minimum,
            Maximum = schema.Maximum,
            MaxLength = schema.MaxLength,
            Confidence = marks.ConfidenceOf(path),
            IsWeak = marks.IsWeak(path),
            Problem = marks.Problems.GetValueOrDefault(path),
            Children = kind switch
            {
                FieldKind.Group => [.. schema.Properties.Select(property => Field(property.Schema, Property(value, property.Name), Child(path, property.Name), property.Name, marks, depth + 1))],
                FieldKind.List when value is { ValueKind: JsonValueKind.Array } rows => [.. rows.EnumerateArray().Select((row, i) => Field(schema.Items, row, Child(path, i), $"{i + 1}", marks, depth + 1))],
                _ => [],
            },
        };
    }

    public static JsonElement? Property(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } group && group.TryGetProperty(name, out var property) ? property : null;
}
