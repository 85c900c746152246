using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace ToolApproval;

/// <summary>A second small model, which is less sure of a call when the customer named several amounts.</summary>
internal sealed partial class ShopJudge : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var question = messages.Last().Text.Split("</question>")[0];
        var confidence = Amount().Count(question) == 1 ? "0.97" : "0.55";
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, $$"""{"confidence":{{confidence}}}""")));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("shop", null, "shop-judge-1") : null;

    public void Dispose()
    {
    }

    [GeneratedRegex("(?<![-0-9])[0-9]+")]
    private static partial Regex Amount();
}
