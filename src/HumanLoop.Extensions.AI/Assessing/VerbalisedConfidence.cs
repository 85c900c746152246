using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Extensions.AI;

/// <summary>What a model says of its own answer.</summary>
internal sealed class VerbalisedConfidence(ILogger logger) : ChatConfidence
{
    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.Ordinal);

    public override string Method => "verbalised-unearned";

    public override bool IsUnearned => true;

    internal override bool AsksForStatement => true;

    public override async ValueTask<ConfidenceEstimate> EstimateAsync(ChatAnswer answer, CancellationToken cancellationToken)
    {
        var model = ModelName.Of(answer.Client, answer.Options, answer.Response);
        if (_warned.TryAdd(model, true))
        {
            logger.VerbalisedIsRaw(model);
        }

        if (answer.Response is not null)
        {
            return new() { Confidence = answer.Stated ?? Confidence.Unusable };
        }

        var said = await ConfidenceCosts.AskAsync(answer.Client, CheckPrompt.Likelihood(answer, null), StatedNumber.Options(answer.Options?.ModelId), Method, cancellationToken).ConfigureAwait(false);
        return new() { Confidence = StatedNumber.Read(said) };
    }
}
