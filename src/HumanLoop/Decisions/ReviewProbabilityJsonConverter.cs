using System.Text.Json;
using System.Text.Json.Serialization;

namespace HumanLoop;

/// <summary>The rung's number, an integer: a float would not survive every store and language to the bit.</summary>
internal sealed class ReviewProbabilityJsonConverter : JsonConverter<ReviewProbability>
{
    public override ReviewProbability Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReviewProbability.AtRung(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, ReviewProbability value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Rung);
}
