namespace HumanLoop.Assessing;

/// <summary>Says how sure to be of a decision that came without a confidence.</summary>
/// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
/// <remarks>A singleton, called concurrently. A source that throws or exceeds the workflow's <c>ConfidenceTimeout</c> sends the decision to a person.</remarks>
/// <example>
/// <code>
/// internal sealed class RefundConfidence(FraudModel model) : IConfidenceSource&lt;Refund&gt;
/// {
///     public async ValueTask&lt;Confidence&gt; AssessAsync(Decision&lt;Refund&gt; decision, CancellationToken cancellationToken) =>
///         await model.ProbabilityRightAsync(decision.Proposal, cancellationToken);
/// }
///
/// builder.Services.AddHumanLoop().AddWorkflow&lt;Refund&gt;("refund", refund => refund.UseConfidence&lt;RefundConfidence&gt;());
/// </code>
/// </example>
public interface IConfidenceSource<TProposal>
{
    /// <summary>Assesses one decision.</summary>
    /// <param name="decision">The decision; its <see cref="Decision{TProposal}.Confidence"/> is <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancelled at the timeout.</param>
    /// <returns>A confidence; <see cref="Confidence.Unusable"/> if it cannot say.</returns>
    ValueTask<Confidence> AssessAsync(Decision<TProposal> decision, CancellationToken cancellationToken);
}
