namespace HumanLoop;

/// <summary>The only place that acts, whether the machine was sure or a person decided. Resolved from a scope of its own for each attempt.</summary>
/// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
/// <remarks>
/// At-least-once: after a crash or an exception the same resolution comes again with the same <see cref="Resolution{TProposal}.IdempotencyKey"/>,
/// so hand that key on. Different decisions are handled concurrently.
/// </remarks>
public interface IDecisionHandler<TProposal>
{
    /// <summary>Makes the proposal, as approved or corrected, take effect.</summary>
    /// <param name="resolution">What to do, and the key that makes it happen once.</param>
    /// <param name="cancellationToken">Cancelled at the workflow's <c>Acting:Timeout</c> and at shutdown, never by the caller who routed the decision.</param>
    /// <returns>When the effect is done.</returns>
    Task ActAsync(Resolution<TProposal> resolution, CancellationToken cancellationToken);

    /// <summary>Does what is due when a person rejected the proposal or it expired. The default does nothing.</summary>
    /// <param name="resolution">What was declined.</param>
    /// <param name="cancellationToken">As for <see cref="ActAsync"/>.</param>
    /// <returns>When it is done.</returns>
    Task DeclineAsync(Resolution<TProposal> resolution, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes good an act that went straight through and was found wrong by a check. The default does nothing.</summary>
    /// <param name="resolution">The decision that acted; its <see cref="Resolution{TProposal}.Proposal"/> is the reviewer's version, if there is one.</param>
    /// <param name="cancellationToken">As for <see cref="ActAsync"/>.</param>
    /// <returns>When it is done.</returns>
    Task CompensateAsync(Resolution<TProposal> resolution, CancellationToken cancellationToken) => Task.CompletedTask;
}
