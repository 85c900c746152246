using System.Text.Json;
using System.Text.Json.Serialization;

namespace HumanLoop;

/// <summary>The pair <c>[kind, reason]</c>: a route cannot be made from outside, so reading back a stored one is this converter's alone.</summary>
internal sealed class DecisionRouteJsonConverter : JsonConverter<DecisionRoute>
{
    public override DecisionRoute Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read())
        {
            throw new JsonException("A route is [kind, reason].");
        }

        var kind = reader.GetString() switch
        {
            "review" => RouteKind.Review,
            "straight_through" => RouteKind.StraightThrough,
            "audit" => RouteKind.Audit,
            var other => throw new JsonException($"'{other}' is no route."),
        };
        reader.Read();
        var reason = reader.GetString() ?? throw new JsonException("A route has a reason.");
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
        {
            throw new JsonException("A route is [kind, reason].");
        }

        return DecisionRoute.Of(kind, reason);
    }

    public override void Write(Utf8JsonWriter writer, DecisionRoute value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Kind.Name());
        writer.WriteStringValue(value.Reason);
        writer.WriteEndArray();
    }
}
