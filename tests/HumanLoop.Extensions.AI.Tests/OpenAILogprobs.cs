using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace HumanLoop.Extensions.AI.Tests;

/// <summary>OpenAI's log-probabilities.</summary>
internal sealed class OpenAILogprobs : ILogprobReader
{
    public void Request(ChatOptions options, int alternatives) =>
        options.RawRepresentationFactory = _ => new ChatCompletionOptions { IncludeLogProbabilities = true, TopLogProbabilityCount = alternatives == 0 ? null : alternatives };

    public IReadOnlyList<TokenLogprob> Read(ChatResponse response) =>
        [.. ((response.RawRepresentation as ChatCompletion)?.ContentTokenLogProbabilities ?? []).Select(token => new TokenLogprob(token.Token, token.LogProbability)
        {
            Utf8 = token.Utf8Bytes is { } bytes ? bytes : System.Text.Encoding.UTF8.GetBytes(token.Token),
            Alternatives = [.. token.TopLogProbabilities.Select(top => new TokenLogprob(top.Token, top.LogProbability))],
        })];
}
