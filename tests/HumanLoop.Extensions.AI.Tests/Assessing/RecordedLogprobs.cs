using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI.Tests.Assessing;

/// <summary>A provider whose log-probabilities the test wrote down.</summary>
internal sealed class RecordedLogprobs(params IReadOnlyList<TokenLogprob> tokens) : ILogprobReader
{
    public int? Alternatives { get; private set; }

    public static IReadOnlyList<TokenLogprob> Tokens(params (string Text, double Probability)[] tokens) =>
        [.. tokens.Select(token => new TokenLogprob(token.Text, Math.Log(token.Probability)))];

    public void Request(ChatOptions options, int alternatives)
    {
        Alternatives = alternatives;
        options.AdditionalProperties = new() { ["logprobs"] = true };
    }

    public IReadOnlyList<TokenLogprob> Read(ChatResponse response) => tokens;
}
