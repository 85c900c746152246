using System.Text.Json;
using System.Text.Json.Serialization;

namespace HumanLoop;

/// <summary>The id's text; <c>null</c> for the empty id.</summary>
internal sealed class DecisionIdJsonConverter : JsonConverter<DecisionId>
{
    public override bool HandleNull => true;

    public override DecisionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? new(text) : default;

    public override void Write(Utf8JsonWriter writer, DecisionId value, JsonSerializerOptions options)
    {
        if (value.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStringValue(value.Value);
        }
    }
}
