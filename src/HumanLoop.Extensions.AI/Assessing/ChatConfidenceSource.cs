using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HumanLoop.Assessing;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>Scores decisions that came without a confidence by asking a chat model.</summary>
/// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
/// <remarks>Derive a class that takes its clients from the services, and name it in <c>UseConfidence</c>. A singleton, called concurrently; a call that fails
/// or takes too long sends the decision to a person.</remarks>
/// <example>
/// <code>
/// public sealed class RefundJudge([FromKeyedServices("judge")] IChatClient judge)
///     : ChatConfidenceSource&lt;Refund&gt;(judge, ChatConfidence.Judge(judge), RefundJson.Default.Refund);
/// </code>
/// </example>
/// <param name="client">Who is asked, where the method does not bring a client of its own.</param>
/// <param name="confidence">The method.</param>
/// <param name="json">How proposals are read and written.</param>
public class ChatConfidenceSource<TProposal>(IChatClient client, ChatConfidence confidence, JsonTypeInfo<TProposal> json) : IConfidenceSource<TProposal>
{
    private readonly DecisionFormat _format = DecisionFormat.Of(json, asksForStatement: false);

    /// <summary>The score's name, for <see cref="Decision{TProposal}.Model"/>: client, prompt and method.</summary>
    /// <param name="decision">The decision without its model.</param>
    /// <returns>At most 200 characters.</returns>
    public string ModelOf(Decision<TProposal> decision) =>
        ModelName.Of(ModelName.Of(client, null, null), PromptFingerprint.Of(Question(decision), _format.Apply(null)), confidence.Method);

    /// <inheritdoc/>
    public async ValueTask<Confidence> AssessAsync(Decision<TProposal> decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var answer = new ChatAnswer
        {
            Client = client,
            Question = [.. Question(decision)],
            Options = _format.Apply(null),
            Answer = JsonSerializer.SerializeToElement(decision.Proposal, json),
            Read = response => _format.TryRead(response, out var read) ? read.Answer : null,
        };
        return (await ConfidenceCosts.MeasureAsync(confidence, answer, cancellationToken).ConfigureAwait(false)).Overall;
    }

    /// <summary>The question that the proposal answers.</summary>
    /// <param name="decision">The decision.</param>
    /// <returns>Its messages. The default is the decision's <see cref="Decision{TProposal}.Briefing"/>.</returns>
    /// <exception cref="InvalidOperationException">The decision has no briefing. Give it one, or override this method.</exception>
    protected virtual IEnumerable<ChatMessage> Question(Decision<TProposal> decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.Briefing is { Length: > 0 } briefing
            ? [new(ChatRole.User, briefing)]
            : throw new InvalidOperationException($"Decision '{decision.Id}' has no briefing to ask a model about. Give it one, or override Question.");
    }
}
