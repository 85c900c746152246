using System.Text.Json.Serialization;
using HumanLoop.Journaling;

namespace HumanLoop.Adapting;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RiskControlledDocument))]
[JsonSerializable(typeof(ThresholdGoal))]
[JsonSerializable(typeof(EvidenceDocument))]
[JsonSerializable(typeof(LearningDocument))]
[JsonSerializable(typeof(ThresholdSettings))]
[JsonSerializable(typeof(ThresholdsDocument))]
[JsonSerializable(typeof(long[]))]
[JsonSerializable(typeof(long[][]))]
internal sealed partial class AdaptingJsonContext : JsonSerializerContext;
