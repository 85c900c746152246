using System.Text.Json.Serialization;

namespace HumanLoop.Cli.Store;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(ReviewReport))]
[JsonSerializable(typeof(ReviewListReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(IReadOnlyList<ExportedDecision>))]
internal sealed partial class StoreJsonContext : JsonSerializerContext;
