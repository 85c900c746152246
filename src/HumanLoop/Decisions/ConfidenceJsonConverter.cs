using System.Text.Json;
using System.Text.Json.Serialization;

namespace HumanLoop;

/// <summary>A number, or <c>null</c> for an unusable confidence.</summary>
internal sealed class ConfidenceJsonConverter : JsonConverter<Confidence>
{
    public override bool HandleNull => true;

    public override Confidence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? Confidence.Unusable : new(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, Confidence value, JsonSerializerOptions options)
    {
        if (value.IsUsable)
        {
            writer.WriteNumberValue(value.Value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
