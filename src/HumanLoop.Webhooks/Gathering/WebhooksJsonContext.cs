using System.Text.Json.Serialization;

namespace HumanLoop.Webhooks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OutboxDocument))]
internal sealed partial class WebhooksJsonContext : JsonSerializerContext;
