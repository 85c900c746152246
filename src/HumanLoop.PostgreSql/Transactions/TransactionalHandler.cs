using System.Diagnostics.CodeAnalysis;
using HumanLoop.Acting;
using HumanLoop.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.PostgreSql;

/// <summary>Gives a handler its transaction and completes the effect in it.</summary>
internal sealed class TransactionalHandler<TProposal, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(IServiceProvider services, IReviewQueue queue) : ICompletingHandler<TProposal>
    where THandler : class, ITransactionalDecisionHandler<TProposal>
{
    public async Task<TransitionResult> HandleAsync(Resolution<TProposal> resolution, CompleteEffect completion, long revision, CancellationToken cancellationToken)
    {
        if (queue is not ITransactionalStore store)
        {
            throw new InvalidOperationException("A transactional handler needs the PostgreSQL store. Choose it with UsePostgreSql.");
        }

        var handler = ActivatorUtilities.GetServiceOrCreateInstance<THandler>(services);
        return await store.Transactions.CompleteAsync(
            (transaction, token) => resolution.Effect switch
            {
                Effect.Act => handler.ActAsync(resolution, transaction, token),
                Effect.Decline => handler.DeclineAsync(resolution, transaction, token),
                _ => handler.CompensateAsync(resolution, transaction, token),
            },
            completion,
            revision,
            cancellationToken).ConfigureAwait(false);
    }

    public Task ActAsync(Resolution<TProposal> resolution, CancellationToken cancellationToken) =>
        throw new NotSupportedException("It is called with its completion.");
}
