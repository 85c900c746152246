using System.Text.Json.Serialization;

namespace HumanLoop.Reporting;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TallyDocument))]
[JsonSerializable(typeof(CharterDocument))]
internal sealed partial class ReportingJsonContext : JsonSerializerContext;
