using System.Text.Json;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>The probability of the answer's own tokens, or of "Yes" to the question whether it is right.</summary>
internal sealed class LogprobConfidence(ILogprobReader reader) : ChatConfidence
{
    private const int Alternatives = 5;

    public override string Method => "logprobs";

    protected internal override void Prepare(ChatOptions options) => reader.Request(options, 0);

    public override async ValueTask<ConfidenceEstimate> EstimateAsync(ChatAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Response is { } response)
        {
            return OfTokens(answer, reader.Read(response));
        }

        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = 1, ModelId = answer.Options?.ModelId };
        reader.Request(options, Alternatives);
        var said = await ConfidenceCosts.AskAsync(answer.Client, CheckPrompt.YesOrNo(answer), options, Method, cancellationToken).ConfigureAwait(false);
        return new() { Confidence = OfYes(reader.Read(said)) };
    }

    private static ConfidenceEstimate OfTokens(ChatAnswer answer, IReadOnlyList<TokenLogprob> tokens)
    {
        var spans = tokens.Count == 0 ? null : FieldSpan.Find(tokens, answer.Envelope);
        if (spans is not { Count: > 0 })
        {
            return ConfidenceEstimate.Unusable;
        }

        return answer.Answer.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? new() { Fields = spans.ToDictionary(span => span.Path, span => span.ProbabilityIn(tokens)) }
            : new() { Confidence = spans[0].ProbabilityIn(tokens) };
    }

    private static Confidence OfYes(IReadOnlyList<TokenLogprob> tokens)
    {
        if (tokens.Count == 0)
        {
            return Confidence.Unusable;
        }

        var likeliest = tokens[0].Alternatives.Count > 0 ? tokens[0].Alternatives : [tokens[0]];
        var (yes, no) = (Probability(likeliest, "yes"), Probability(likeliest, "no"));
        return yes / (yes + no);
    }

    private static double Probability(IReadOnlyList<TokenLogprob> tokens, string word) =>
        tokens.Where(token => token.Text.Trim().Equals(word, StringComparison.OrdinalIgnoreCase)).Sum(token => Math.Exp(token.Logprob));
}
