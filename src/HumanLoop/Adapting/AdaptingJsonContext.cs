using System.Text.Json.Serialization;

namespace HumanLoop.Adapting;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RiskControlledDocument))]
[JsonSerializable(typeof(ThresholdGoal))]
[JsonSerializable(typeof(long[]))]
[JsonSerializable(typeof(long[][]))]
internal sealed partial class AdaptingJsonContext : JsonSerializerContext;
