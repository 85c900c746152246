using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using HumanLoop.Journaling;

namespace HumanLoop.Tests.Observing;

public sealed class ProposalSchemaTests
{
    [Fact]
    public void A_schema_tells_what_the_attributes_say_to_people()
    {
        var properties = SchemaOf<Claim>().GetProperty("properties");
        Assert.Equal("Kind of claim", properties.GetProperty("kind").GetProperty("title").GetString());
        Assert.Equal(["theft", "fire"], properties.GetProperty("kind").GetProperty("enum").EnumerateArray().Select(value => value.GetString()!));
        Assert.Equal("In euros.", properties.GetProperty("amount").GetProperty("description").GetString());
        Assert.Equal(0, properties.GetProperty("amount").GetProperty("minimum").GetInt32());
        Assert.Equal("multiline", properties.GetProperty("story").GetProperty("format").GetString());
        Assert.Equal(200, properties.GetProperty("story").GetProperty("maxLength").GetInt32());
    }

    [Fact]
    public void Enums_by_name_are_closed_sets_and_lists_know_their_items()
    {
        var properties = SchemaOf<Claim>().GetProperty("properties");
        Assert.Equal(["Low", "High"], properties.GetProperty("urgency").GetProperty("enum").EnumerateArray().Select(value => value.GetString()!));
        Assert.Equal("string", properties.GetProperty("tags").GetProperty("items").GetProperty("type").GetString());
    }

    [Fact]
    public void A_type_with_a_converter_of_its_own_has_a_schema_that_allows_anything()
    {
        Assert.NotEqual(JsonValueKind.Undefined, SchemaOf<Opaque>().ValueKind);
    }

    private static JsonElement SchemaOf<T>() => ProposalSchema.Of((JsonTypeInfo<T>)JsonSerializerOptions.Web.GetTypeInfo(typeof(T)));

    private sealed record Claim(
        [property: DisplayName("Kind of claim"), AllowedValues("theft", "fire")] string Kind,
        [property: Description("In euros."), Range(0, 5000)] decimal Amount,
        [property: DataType(DataType.MultilineText), StringLength(200)] string Story,
        Urgency Urgency,
        IReadOnlyList<string> Tags);

    [JsonConverter(typeof(JsonStringEnumConverter<Urgency>))]
    private enum Urgency
    {
        Low,
        High,
    }

    [JsonConverter(typeof(OpaqueConverter))]
    private sealed record Opaque(string Value);

    private sealed class OpaqueConverter : JsonConverter<Opaque>
    {
        public override Opaque Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Opaque value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
