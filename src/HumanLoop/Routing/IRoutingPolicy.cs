namespace HumanLoop.Routing;

/// <summary>A hard rule beside the confidence: it can send a decision to a person, and can never force an act.</summary>
/// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
/// <remarks>A singleton, called concurrently, in the order of registration; the first opinion wins. A rule that throws sends the decision to a person
/// (<c>rule_failed</c>).</remarks>
/// <example>
/// <code>
/// internal sealed class LargeRefunds : IRoutingPolicy&lt;Refund&gt;
/// {
///     public DecisionRoute? Choose(Decision&lt;Refund&gt; decision, Confidence confidence) =>
///         decision.Proposal.Amount > 1_000 ? DecisionRoute.Review("large_amount") : null;
/// }
///
/// builder.Services.AddHumanLoop().AddWorkflow&lt;Refund&gt;("refund", refund => refund.AddPolicy&lt;LargeRefunds&gt;());
/// </code>
/// </example>
public interface IRoutingPolicy<TProposal>
{
    /// <summary>Looks at one decision.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="confidence">Its confidence; unusable when there is none.</param>
    /// <returns><see cref="DecisionRoute.Review(string)"/>, or <see langword="null"/> for no opinion.</returns>
    DecisionRoute? Choose(Decision<TProposal> decision, Confidence confidence);
}
