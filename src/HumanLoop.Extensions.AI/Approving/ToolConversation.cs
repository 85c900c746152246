using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>What a tool call came up in, as far as the gate saw it.</summary>
/// <param name="Client">The model behind the gate: it can be asked again without being gated.</param>
/// <param name="Messages">What the model was given.</param>
/// <param name="Options">How it was asked, with its tools.</param>
/// <param name="Response">All that it answered, with the provider's own object.</param>
public sealed record ToolConversation(IChatClient Client, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, ChatResponse Response);
