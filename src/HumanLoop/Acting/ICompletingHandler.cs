using HumanLoop.Queueing;

namespace HumanLoop.Acting;

/// <summary>A handler that records its own completion, in one transaction with its effect: what it does happens exactly once.</summary>
/// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
public interface ICompletingHandler<TProposal> : IDecisionHandler<TProposal>
{
    /// <summary>Does what is due and applies the completion in the same transaction.</summary>
    /// <param name="resolution">What to do; <see cref="Resolution{TProposal}.Effect"/> says which effect.</param>
    /// <param name="completion">The transition that completes it.</param>
    /// <param name="revision">The revision to apply it at. Where it is refused, nothing of the effect may stay.</param>
    /// <param name="cancellationToken">As for <see cref="IDecisionHandler{TProposal}.ActAsync"/>.</param>
    /// <returns>What became of the completion.</returns>
    Task<TransitionResult> HandleAsync(Resolution<TProposal> resolution, CompleteEffect completion, long revision, CancellationToken cancellationToken);
}
