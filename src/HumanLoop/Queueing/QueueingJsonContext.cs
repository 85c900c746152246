using System.Text.Json.Serialization;

namespace HumanLoop.Queueing;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true,
    Converters = [typeof(DecisionRouteJsonConverter)])]
[JsonSerializable(typeof(WorkItem))]
[JsonSerializable(typeof(PayloadDetails))]
internal sealed partial class QueueingJsonContext : JsonSerializerContext;
