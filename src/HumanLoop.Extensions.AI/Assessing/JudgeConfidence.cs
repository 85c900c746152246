using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>What a second model says of the answer.</summary>
internal sealed class JudgeConfidence(IChatClient judge, string? criteria) : ChatConfidence
{
    public override string Method { get; } = $"judge({ModelName.Of(judge, null, null)}-{PromptFingerprint.Of(CheckPrompt.Instructions, criteria)})";

    public override async ValueTask<ConfidenceEstimate> EstimateAsync(ChatAnswer answer, CancellationToken cancellationToken)
    {
        var said = await ConfidenceCosts.AskAsync(judge, CheckPrompt.Likelihood(answer, criteria), StatedNumber.Options(null), "judge", cancellationToken).ConfigureAwait(false);
        return new() { Confidence = StatedNumber.Read(said) };
    }
}
