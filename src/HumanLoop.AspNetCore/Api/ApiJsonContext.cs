using System.Text.Json;
using System.Text.Json.Serialization;

namespace HumanLoop.AspNetCore.Api;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReviewPageJson))]
[JsonSerializable(typeof(IReadOnlyList<ReviewJson>))]
[JsonSerializable(typeof(IReadOnlyList<ItemResultJson>))]
[JsonSerializable(typeof(IReadOnlyList<WorkflowJson>))]
[JsonSerializable(typeof(WorkflowDetailJson))]
[JsonSerializable(typeof(IReadOnlyList<ThresholdChangeJson>))]
[JsonSerializable(typeof(ProblemJson))]
[JsonSerializable(typeof(ItemResultJson))]
[JsonSerializable(typeof(OutcomeJson))]
[JsonSerializable(typeof(PausedJson))]
[JsonSerializable(typeof(ClaimBody))]
[JsonSerializable(typeof(RevisionBody))]
[JsonSerializable(typeof(EscalateBody))]
[JsonSerializable(typeof(VerdictBody))]
[JsonSerializable(typeof(ReleaseManyBody))]
[JsonSerializable(typeof(AssignManyBody))]
[JsonSerializable(typeof(SettleBody))]
[JsonSerializable(typeof(OutcomeBody))]
[JsonSerializable(typeof(PauseBody))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
