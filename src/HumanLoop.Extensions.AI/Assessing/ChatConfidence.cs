using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Extensions.AI;

/// <summary>A way to find out how sure to be of what a chat model answered.</summary>
/// <remarks>
/// Immutable and safe for concurrent use; one instance serves a whole workflow. Whatever it finds is a score, not yet a probability: the
/// workflow's threshold has to be earned with it, and a changed <see cref="Method"/> is a new score.
/// </remarks>
public abstract class ChatConfidence
{
    /// <summary>What it does, for <see cref="Decision{TProposal}.Model"/>: everything that changes its numbers is in the name.</summary>
    public abstract string Method { get; }

    /// <summary>Whether the model grades itself, so that the number means nothing until reviewed outcomes have shown otherwise.</summary>
    public virtual bool IsUnearned => false;

    /// <summary>Whether the question has to ask the model for a confidence of its own beside the answer.</summary>
    internal virtual bool AsksForStatement => false;

    /// <summary>The probability that the model gave to the tokens of each field. Costs nothing beside the answer; of a proposal that came from elsewhere, the
    /// probability of "Yes" when asked whether it is right.</summary>
    /// <param name="reader">How the provider is asked for log-probabilities and where it returns them.</param>
    /// <returns>The method.</returns>
    /// <remarks>For the question whether it is right see Kadavath et al. 2022, arXiv 2207.05221. Providers give no log-probabilities for tool calls.</remarks>
    public static ChatConfidence Logprobs(ILogprobReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new LogprobConfidence(reader);
    }

    /// <summary>Asks the same question several times more; the confidence is the share of those answers that agree, for each field.</summary>
    /// <param name="options">How often, and what agreeing means.</param>
    /// <returns>The method.</returns>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    /// <remarks>Self-consistency: Wang et al. 2023, arXiv 2203.11171. What a model always gets wrong it gets wrong consistently.</remarks>
    public static ChatConfidence SelfConsistency(SelfConsistencyOptions? options = null) => new SelfConsistencyConfidence(options ?? new());

    /// <summary>What the model says of itself, as one more field of its answer. Unearned: models tend to say one of three high numbers.</summary>
    /// <param name="logger">Is warned once for each model whose word is used raw.</param>
    /// <returns>The method.</returns>
    public static ChatConfidence Verbalised(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        return new VerbalisedConfidence(logger);
    }

    /// <summary>Lets a second model say how likely the answer is right.</summary>
    /// <param name="judge">The second model. The better it differs from the first, the less their errors agree.</param>
    /// <param name="criteria">What makes an answer right, for the judge to read; part of the <see cref="Method"/>'s fingerprint.</param>
    /// <returns>The method.</returns>
    public static ChatConfidence Judge(IChatClient judge, string? criteria = null)
    {
        ArgumentNullException.ThrowIfNull(judge);
        return new JudgeConfidence(judge, criteria);
    }

    /// <summary>The least sure of several methods, for each field and in all. One that cannot say makes it unusable.</summary>
    /// <param name="methods">Two or more.</param>
    /// <returns>The method.</returns>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public static ChatConfidence Weakest(params IReadOnlyList<ChatConfidence> methods) => new CombinedConfidence("weakest", methods, static values => values.Min());

    /// <summary>The mean of several methods, for each field and in all. One that cannot say makes it unusable.</summary>
    /// <param name="methods">Two or more.</param>
    /// <returns>The method.</returns>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public static ChatConfidence Mean(params IReadOnlyList<ChatConfidence> methods) => new CombinedConfidence("mean", methods, static values => values.Average());

    /// <summary>Asks a second, dearer method only where this one finds itself within a band around the threshold; elsewhere this one's word stands.</summary>
    /// <param name="low">The lower end of the band, included; in [0, 1].</param>
    /// <param name="high">The upper end of the band, included; in [0, 1], not below <paramref name="low"/>.</param>
    /// <param name="second">What is asked within the band; its word replaces this one's and is kept inside the band, so that the order of the scores
    /// survives.</param>
    /// <returns>The method.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The band is not within [0, 1].</exception>
    /// <remarks>The band is fixed and part of the name: one that followed the live threshold would make every change of the threshold a change of the
    /// score.</remarks>
    public ChatConfidence Between(double low, double high, ChatConfidence second)
    {
        ArgumentNullException.ThrowIfNull(second);
        return new BandConfidence(this, low, high, second);
    }

    /// <summary>Finds the confidence of one answer.</summary>
    /// <param name="answer">The question, the answer and the client that gave it.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>What was found; unusable where it cannot say.</returns>
    public abstract ValueTask<ConfidenceEstimate> EstimateAsync(ChatAnswer answer, CancellationToken cancellationToken = default);

    /// <summary>Changes the options with which the question is asked, where the method needs something from the provider.</summary>
    /// <param name="options">A copy that nobody else uses.</param>
    protected internal virtual void Prepare(ChatOptions options)
    {
    }
}
