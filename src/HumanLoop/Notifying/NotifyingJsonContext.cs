using System.Text.Json.Serialization;

namespace HumanLoop.Notifying;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToldDocument))]
internal sealed partial class NotifyingJsonContext : JsonSerializerContext;
