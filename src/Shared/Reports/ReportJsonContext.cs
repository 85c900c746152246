using System.Text.Json.Serialization;
using HumanLoop.Reporting;

namespace HumanLoop.Reports;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Scorecard))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
