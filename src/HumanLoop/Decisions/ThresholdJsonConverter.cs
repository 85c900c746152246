using System.Text.Json;
using System.Text.Json.Serialization;

namespace HumanLoop;

/// <summary>A number, or <c>null</c> for the threshold that reviews everything.</summary>
internal sealed class ThresholdJsonConverter : JsonConverter<Threshold>
{
    public override bool HandleNull => true;

    public override Threshold Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? Threshold.ReviewEverything : new(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, Threshold value, JsonSerializerOptions options)
    {
        if (value.IsReviewEverything)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteNumberValue(value.Value);
        }
    }
}
