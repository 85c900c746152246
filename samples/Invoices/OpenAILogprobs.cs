using System.Text;
using HumanLoop.Extensions.AI;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Invoices;

/// <summary>The log-probabilities of OpenAI's chat completions, and of everything that speaks their protocol and gives them.</summary>
internal sealed class OpenAILogprobs : ILogprobReader
{
    public void Request(ChatOptions options, int alternatives) =>
        options.RawRepresentationFactory = _ => new ChatCompletionOptions { IncludeLogProbabilities = true, TopLogProbabilityCount = alternatives == 0 ? null : alternatives };

    public IReadOnlyList<TokenLogprob> Read(ChatResponse response) =>
        [.. ((response.RawRepresentation as ChatCompletion)?.ContentTokenLogProbabilities ?? []).Select(token => new TokenLogprob(token.Token, token.LogProbability)
        {
            Utf8 = token.Utf8Bytes is { } bytes ? bytes : Encoding.UTF8.GetBytes(token.Token),
            Alternatives = [.. token.TopLogProbabilities.Select(top => new TokenLogprob(top.Token, top.LogProbability))],
        })];
}
