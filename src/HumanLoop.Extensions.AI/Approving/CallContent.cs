using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>A tool call as the conversation has it, and as the loop has it.</summary>
internal static class CallContent
{
    private static readonly JsonElement None = JsonElement.Parse("{}");

    public static ToolCall ToCall(FunctionCallContent content) => new(content.Name, Arguments(content));

    /// <summary>The same call with the arguments that were approved.</summary>
    public static FunctionCallContent ToContent(string callId, ToolCall call) => new(callId, call.Tool, ToArguments(call.Arguments));

    public static Dictionary<string, object?> ToArguments(JsonElement arguments) =>
        arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value.Clone(), StringComparer.Ordinal);

    public static T Rehydrate<T>(T value)
    {
        var type = (JsonTypeInfo<T>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
        return JsonSerializer.SerializeToElement(value, type).Deserialize(type)!;
    }

    private static JsonElement Arguments(FunctionCallContent content) =>
        content.Arguments is { } arguments ? JsonSerializer.SerializeToElement(arguments, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>))) : None;
}
