using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace ToolApproval;

/// <summary>A model so small that it fits into a file: it calls a tool by the words of a customer, and puts the result into a sentence. It reads the first amount that it sees, right or wrong.</summary>
internal sealed partial class ShopModel : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var last = messages.Last();
        var result = last.Contents.OfType<FunctionResultContent>().LastOrDefault();
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, result is not null ? [new TextContent(Tell(result.Result?.ToString() ?? ""))] : [Call(last.Text)])) { ModelId = "shop-model-1" });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static FunctionCallContent Call(string text)
    {
        var order = Order().Match(text).Value;
        return text.Contains("where", StringComparison.OrdinalIgnoreCase)
            ? new($"call-{order}", "Lookup", new Dictionary<string, object?> { ["order"] = order })
            : new($"call-{order}", "Refund", new Dictionary<string, object?> { ["order"] = order, ["amount"] = int.Parse(Amount().Match(text).Value, null) });
    }

    private static string Tell(string result) =>
        result.Contains("rejected", StringComparison.Ordinal) ? "I am sorry, I cannot do that. A colleague will write to you." : $"Done: {result}.";

    [GeneratedRegex("[A-Z]-[0-9]+")]
    private static partial Regex Order();

    [GeneratedRegex("(?<![-0-9])[0-9]+")]
    private static partial Regex Amount();
}
