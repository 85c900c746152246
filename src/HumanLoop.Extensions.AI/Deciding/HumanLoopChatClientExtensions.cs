using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HumanLoop;
using HumanLoop.Extensions.AI;

namespace Microsoft.Extensions.AI;

/// <summary>Decisions from chat models.</summary>
public static class HumanLoopChatClientExtensions
{
    private const int MaxBriefing = 4000;

    /// <summary>Asks a model for a proposal, finds how sure to be of it, and makes both a decision that is ready to be routed. Reads and writes JSON by
    /// reflection.</summary>
    /// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
    /// <param name="client">The model.</param>
    /// <param name="messages">The question. What is the same each time belongs into a system message or <see cref="ChatOptions.Instructions"/>: the decision's
    /// model is named by it.</param>
    /// <param name="confidence">How the confidence is found; <see langword="null"/> leaves it to the workflow's confidence source.</param>
    /// <param name="options">How it is asked; the response format is set by this method.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>Proposal, confidence or confidence of each field, model and briefing (the last user message). Add <c>Id</c>, <c>Segment</c>, <c>Link</c> or
    /// <c>Subject</c> by <c>with</c>.</returns>
    /// <exception cref="UnreadableAnswerException">The answer is no JSON of the type.</exception>
    [RequiresUnreferencedCode("Reads and writes proposals by reflection. Give a JsonTypeInfo when trimming.")]
    [RequiresDynamicCode("Reads and writes proposals by reflection. Give a JsonTypeInfo for Native AOT.")]
    public static Task<Decision<TProposal>> GetDecisionAsync<TProposal>(this IChatClient client, IEnumerable<ChatMessage> messages, ChatConfidence? confidence, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetDecisionAsync(client, messages, confidence, (JsonTypeInfo<TProposal>)JsonSerializerOptions.Web.GetTypeInfo(typeof(TProposal)), options, cancellationToken);

    /// <summary>Asks a model for a proposal, finds how sure to be of it, and makes both a decision that is ready to be routed: the way for trimming and Native
    /// AOT.</summary>
    /// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
    /// <param name="client">The model.</param>
    /// <param name="messages">The question. What is the same each time belongs into a system message or <see cref="ChatOptions.Instructions"/>: the decision's
    /// model is named by it.</param>
    /// <param name="confidence">How the confidence is found; <see langword="null"/> leaves it to the workflow's confidence source. A method that fails makes an
    /// unusable confidence, so that a person looks.</param>
    /// <param name="json">How proposals are read.</param>
    /// <param name="options">How it is asked; the response format is set by this method.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>Proposal, confidence or confidence of each field, model and briefing (the last user message). Add <c>Id</c>, <c>Segment</c>, <c>Link</c> or
    /// <c>Subject</c> by <c>with</c>.</returns>
    /// <exception cref="UnreadableAnswerException">The answer is no JSON of the type.</exception>
    public static async Task<Decision<TProposal>> GetDecisionAsync<TProposal>(this IChatClient client, IEnumerable<ChatMessage> messages, ChatConfidence? confidence, JsonTypeInfo<TProposal> json, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(json);
        ChatMessage[] question = [.. messages];
        var format = DecisionFormat.Of(json, confidence?.AsksForStatement ?? false);
        var asked = format.Apply(options);
        var prompt = PromptFingerprint.Of(question, asked);
        confidence?.Prepare(asked);
        var response = await client.GetResponseAsync(question, asked, cancellationToken).ConfigureAwait(false);
        var model = ModelName.Of(client, options, response);
        var (proposal, read) = Read(format, response, json, model);
        var estimate = confidence is null ? new() : await EstimateAsync(
            confidence,
            new()
            {
                Client = client,
                Question = question,
                Options = format.Apply(options),
                Answer = read.Answer,
                Response = response,
                Stated = read.Stated,
                Envelope = format.Envelope,
                Read = other => format.TryRead(other, out var again) ? again.Answer : null,
            },
            cancellationToken).ConfigureAwait(false);
        return new(proposal)
        {
            Confidence = estimate.Confidence,
            Fields = estimate.Fields,
            Model = ModelName.Of(model, prompt, confidence?.Method ?? "unscored"),
            Briefing = BriefingOf(question),
        };
    }

    /// <summary>A method that fails makes an unusable confidence: the proposal is there, and a person can look at it.</summary>
    private static async Task<ConfidenceEstimate> EstimateAsync(ChatConfidence confidence, ChatAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            return await ConfidenceCosts.MeasureAsync(confidence, answer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return ConfidenceEstimate.Unusable;
        }
    }

    internal static string? BriefingOf(IEnumerable<ChatMessage> messages) =>
        messages.LastOrDefault(message => message.Role == ChatRole.User && message.Text.Length > 0)?.Text is { } text
            ? text.Length <= MaxBriefing ? text : $"{text.AsSpan(0, MaxBriefing)}…"
            : null;

    private static (TProposal Proposal, (JsonElement Answer, Confidence? Stated) Read) Read<TProposal>(DecisionFormat format, ChatResponse response, JsonTypeInfo<TProposal> json, string model)
    {
        Exception? cause = null;
        try
        {
            if (format.TryRead(response, out var read) && read.Answer.Deserialize(json) is { } proposal)
            {
                return (proposal, read);
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            // Constructors and setters of the caller's type may throw too: whatever they refuse is not a proposal.
            cause = unreadable;
        }

        throw new UnreadableAnswerException(model, typeof(TProposal), response.Text, cause);
    }
}
