using System.Text.Json.Serialization;

namespace HumanLoop.AotApp;

internal sealed record Refund(string Order, decimal Amount);

/// <summary>The one thing that Native AOT asks for: JSON that is made at compile time.</summary>
[JsonSerializable(typeof(Refund))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class RefundJson : JsonSerializerContext;
