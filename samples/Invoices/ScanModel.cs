using System.Runtime.CompilerServices;
using System.Text.Json;
using HumanLoop.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Invoices;

/// <summary>A model so small that it fits into a file: it reads a scan character by character, sure of what it sees and guessing 0 or e where there is a smudge.</summary>
internal sealed class ScanModel : IChatClient
{
    private const double Sure = 0.999;
    private const double Guessed = 0.4;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var lines = messages.Last().Text.Split('\n').Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]).ToArray();
        var smudged = $$"""{"supplier":{{JsonSerializer.Serialize(lines[0])}},"date":"{{lines[1]}}","total":{{lines[2]}}}""".Replace("\\u0026", "&", StringComparison.Ordinal);
        var tokens = smudged.Select((letter, at) => Token(letter, at > 0 && char.IsLetter(smudged[at - 1]))).ToArray();
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, string.Concat(tokens.Select(token => token.Text)))) { ModelId = "scan-model-1", RawRepresentation = tokens });
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

    private static TokenLogprob Token(char letter, bool inWord) =>
        letter == '#' ? new(inWord ? "e" : "0", Math.Log(Guessed)) : new(letter.ToString(), Math.Log(Sure));
}
