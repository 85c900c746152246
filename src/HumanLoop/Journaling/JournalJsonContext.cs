using System.Text.Json.Serialization;
using HumanLoop.Queueing;

namespace HumanLoop.Journaling;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true,
    Converters = [typeof(DecisionRouteJsonConverter)])]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(WorkItem))]
[JsonSerializable(typeof(PayloadDetails))]
internal sealed partial class JournalJsonContext : JsonSerializerContext;
