using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace HumanLoop.Journaling;

/// <summary>The JSON schema of a proposal type, with what its attributes say to people and of what is allowed.</summary>
internal static class ProposalSchema
{
    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    public static JsonElement Of(JsonTypeInfo type, IReadOnlyDictionary<string, IReadOnlyList<string>>? answers = null)
    {
        JsonNode schema;
        try
        {
            schema = type.GetJsonSchemaAsNode(Options);
        }
        catch (NotSupportedException)
        {
            // A type with a converter of its own tells nothing of its shape: any value, which the type then judges.
            schema = new JsonObject();
        }

        foreach (var (property, offered) in answers ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (schema["properties"]?[property] is JsonObject known)
            {
                known["enum"] = new JsonArray([.. offered.Select(answer => JsonValue.Create(answer))]);
            }
        }

        return JsonElement.Parse(schema.ToJsonString());
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.PropertyInfo?.AttributeProvider is not { } attributes || schema is not JsonObject described)
        {
            return schema;
        }

        foreach (var attribute in attributes.GetCustomAttributes(inherit: true))
        {
            switch (attribute)
            {
                case DescriptionAttribute description:
                    described["description"] = description.Description;
                    break;
                case DisplayNameAttribute name:
                    described["title"] = name.DisplayName;
                    break;
                case DisplayAttribute display:
                    Set(described, "title", display.GetName());
                    Set(described, "description", display.GetDescription());
                    break;
                case AllowedValuesAttribute allowed:
                    described["enum"] = new JsonArray([.. allowed.Values.Select(Value)]);
                    break;
                case RangeAttribute range:
                    described["minimum"] = Value(range.Minimum);
                    described["maximum"] = Value(range.Maximum);
                    break;
                case StringLengthAttribute length:
                    described["maxLength"] = length.MaximumLength;
                    break;
                case MaxLengthAttribute { Length: > 0 } length:
                    described["maxLength"] = length.Length;
                    break;
                case DataTypeAttribute { DataType: DataType.MultilineText }:
                    described["format"] = "multiline";
                    break;
            }
        }

        return schema;
    }

    private static void Set(JsonObject schema, string key, string? text)
    {
        if (text is not null)
        {
            schema[key] = text;
        }
    }

    private static JsonValue? Value(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        _ => JsonValue.Create(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
