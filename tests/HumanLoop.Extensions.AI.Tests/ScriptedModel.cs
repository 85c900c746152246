using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI.Tests;

/// <summary>A model that answers from a script, one line for each time it is asked, and remembers what it was asked.</summary>
internal sealed class ScriptedModel(params IReadOnlyList<Func<IReadOnlyList<ChatMessage>, ChatResponse>> script) : IChatClient
{
    private readonly List<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> _asked = [];

    public string ModelId { get; init; } = "scripted-1";

    public IReadOnlyList<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public static Func<IReadOnlyList<ChatMessage>, ChatResponse> Says(string text) => _ => new(new ChatMessage(ChatRole.Assistant, text));

    public static Func<IReadOnlyList<ChatMessage>, ChatResponse> Calls(params FunctionCallContent[] calls) =>
        _ => new(new ChatMessage(ChatRole.Assistant, [.. calls.Select(call => new FunctionCallContent(call.CallId, call.Name, call.Arguments))]));

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int line;
        ChatMessage[] given = [.. messages];
        lock (_asked)
        {
            line = _asked.Count;
            _asked.Add((given, options?.Clone()));
        }

        var response = line < script.Count ? script[line](given) : throw new InvalidOperationException($"The script has {script.Count} lines, and the model was asked once more.");
        response.ModelId ??= ModelId;
        response.Usage ??= new() { InputTokenCount = 10, OutputTokenCount = 2 };
        return Task.FromResult(response);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", null, ModelId) : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
