using System.Text.Json;
using HumanLoop.Assessing;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>Scores tool calls by asking a chat model: by a judge, or by asking the same model again and comparing the calls.</summary>
/// <remarks>Derive a class that takes its clients from the services, and name it in <c>UseConfidence</c>. Providers give no log-probabilities for tool calls.
/// A singleton, called concurrently.</remarks>
/// <example>
/// <code>
/// public sealed class RefundJudge([FromKeyedServices("judge")] IChatClient judge) : ToolCallConfidenceSource(ChatConfidence.Judge(judge));
/// </code>
/// </example>
/// <param name="confidence">The method.</param>
public class ToolCallConfidenceSource(ChatConfidence confidence) : IConfidenceSource<ToolCall>
{
    /// <inheritdoc/>
    public async ValueTask<Confidence> AssessAsync(Decision<ToolCall> decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Proposal.Conversation is not { } conversation)
        {
            return Confidence.Unusable;
        }

        var call = decision.Proposal;
        var answer = new ChatAnswer
        {
            Client = conversation.Client,
            Question = conversation.Messages,
            Options = conversation.Options,
            Answer = JsonSerializer.SerializeToElement(call, ToolCallJson.Default.ToolCall),
            Read = response => Same(call, response),
        };
        return (await ConfidenceCosts.MeasureAsync(confidence, answer, cancellationToken).ConfigureAwait(false)).Overall;
    }

    /// <summary>The call of another response that is closest: the same tool, and of several calls of it one with the same arguments.</summary>
    private static JsonElement? Same(ToolCall call, ChatResponse response)
    {
        ToolCall[] others = [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(CallContent.ToCall).Where(other => other.Tool == call.Tool)];
        return others.Length == 0 ? null : JsonSerializer.SerializeToElement(others.FirstOrDefault(other => JsonElement.DeepEquals(other.Arguments, call.Arguments)) ?? others[0], ToolCallJson.Default.ToolCall);
    }
}
