using System.Text.Json;
using System.Text.Json.Serialization;

namespace HumanLoop.Extensions.AI;

/// <summary>The stored form of tool calls.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ToolCall))]
internal sealed partial class ToolCallJson : JsonSerializerContext;
