using System.Text.Json;
using System.Text.Json.Serialization;

namespace HumanLoop.Extensions.AI;

/// <summary>What a model proposes to do: call one tool. The proposal of a workflow that approves tool calls.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Arguments">Its arguments: a JSON object. A reviewer may correct these; they are checked against the tool's schema.</param>
/// <remarks>Stored as <c>{"tool":"refund","arguments":{"order":"A-1"}}</c>. Immutable.</remarks>
public sealed record ToolCall(string Tool, JsonElement Arguments)
{
    /// <summary>The conversation that the call came up in, for rules and confidence sources. Never stored.</summary>
    /// <value><see langword="null"/> once the call was read back from the store.</value>
    [JsonIgnore]
    public ToolConversation? Conversation { get; init; }
}
