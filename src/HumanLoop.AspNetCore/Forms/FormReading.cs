using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HumanLoop.AspNetCore.Forms;

/// <summary>Reads what a reviewer entered back into JSON. What the form did not show stays as it was.</summary>
internal sealed class FormReading(IFormCollection form)
{
    /// <summary>What inputs are called: this, and the way to the value.</summary>
    public const string Prefix = "f";

    /// <summary>What a list's number of rows is called.</summary>
    public const string RowsPrefix = "n";

    private readonly Dictionary<string, string> _problems = [];

    /// <summary>What is wrong, by the way to the value.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    public JsonElement Read(JsonElement schema, JsonElement? original)
    {
        var read = Read(new Schema(schema), original, "", 0);
        return JsonElement.Parse(read?.ToJsonString() ?? "null");
    }

    private JsonNode? Read(Schema schema, JsonElement? original, string path, int depth)
    {
        var kind = ProposalForm.KindOf(schema, original, depth);
        switch (kind)
        {
            case FieldKind.Group:
                return Group(schema, original, path, depth);
            case FieldKind.List:
                return List(schema, original, path, depth);
            case FieldKind.Flag when !schema.IsNullable:
                return JsonValue.Create(form[Prefix + path] is [.., "true"]);
        }

        if (form[Prefix + path] is not [.., { } text])
        {
            return Node(original);
        }

        if (text.Length == 0 && schema.IsNullable)
        {
            return null;
        }

        return kind switch
        {
            FieldKind.Integer => Number(text, path, whole: true),
            FieldKind.Number => Number(text, path, whole: false),
            FieldKind.Flag => JsonValue.Create(text == "true"),
            FieldKind.Choice => Choice(schema, text, path),
            FieldKind.Date => Date(text, path),
            FieldKind.Json => Json(text, path),
            _ => JsonValue.Create(text.ReplaceLineEndings("\n")),
        };
    }

    private JsonObject Group(Schema schema, JsonElement? original, string path, int depth)
    {
        var group = Node(original) as JsonObject ?? [];
        foreach (var (name, property) in schema.Properties)
        {
            group[name] = Read(property, ProposalForm.Property(original, name), ProposalForm.Child(path, name), depth + 1);
        }

        return group;
    }

    private JsonArray List(Schema schema, JsonElement? original, string path, int depth)
    {
        var count = int.TryParse(form[RowsPrefix + path], NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? Math.Min(rows, 200) : original is { ValueKind: JsonValueKind.Array } before ? before.GetArrayLength() : 0;
        var removed = form["remove"] is [{ } gone] ? gone : null;
        var list = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            var row = ProposalForm.Child(path, i);
            if (row != removed)
            {
                JsonElement? old = original is { ValueKind: JsonValueKind.Array } known && i < known.GetArrayLength() ? known[i] : null;
                list.Add(Read(schema.Items, old, row, depth + 1));
            }
        }

        if (form["add"] is [{ } grown] && grown == path)
        {
            list.Add(Empty(schema.Items, depth + 1));
        }

        return list;
    }

    /// <summary>A new row, to be filled in.</summary>
    private static JsonNode? Empty(Schema schema, int depth) => ProposalForm.KindOf(schema, null, depth) switch
    {
        _ when schema.IsNullable => null,
        FieldKind.Group => new JsonObject(schema.Properties.Select(property => KeyValuePair.Create(property.Name, Empty(property.Schema, depth + 1)))),
        FieldKind.List => new JsonArray(),
        FieldKind.Integer or FieldKind.Number => JsonValue.Create(0),
        FieldKind.Flag => JsonValue.Create(false),
        FieldKind.Choice => JsonNode.Parse(schema.Choices[0].GetRawText()),
        FieldKind.Json => null,
        _ => JsonValue.Create(""),
    };

    private JsonValue? Number(string text, string path, bool whole)
    {
        text = text.Trim();
        var reads = whole
            ? System.Numerics.BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            : double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        if (!reads || text.Length > 60)
        {
            return Wrong(path, whole ? "A whole number, such as 12." : "A number, such as 12.50.", text);
        }

        // Through decimal where that is exact, so that 12.50 stays what was typed.
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? JsonValue.Create(exact) : JsonValue.Create(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private JsonNode? Choice(Schema schema, string text, string path)
    {
        foreach (var choice in schema.Choices)
        {
            if (choice.GetRawText() == text)
            {
                return JsonNode.Parse(text);
            }
        }

        return Wrong(path, "One of the values that are offered.", text);
    }

    private JsonValue? Date(string text, string path) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? JsonValue.Create(text) : Wrong(path, "A date, such as 2027-03-31.", text);

    private JsonNode? Json(string text, string path)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new() { MaxDepth = 32 });
        }
        catch (JsonException)
        {
            return Wrong(path, "JSON, such as { \"a\": 1 }.", text);
        }
    }

    private JsonValue Wrong(string path, string expected, string text)
    {
        _problems[path] = expected;
        return JsonValue.Create(text);
    }

    private static JsonNode? Node(JsonElement? value) => value is { ValueKind: not JsonValueKind.Undefined } known ? JsonNode.Parse(known.GetRawText()) : null;
}
