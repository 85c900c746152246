using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>A handler whose effects are rows of the store's own database: it is given a transaction, and effect and completion commit together. What it does
/// there happens exactly once.</summary>
/// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
/// <remarks>Only what it does through the transaction is exactly once; a message that it sends elsewhere is at-least-once, as with any handler. Resolved from
/// a scope of its own for each attempt.</remarks>
public interface ITransactionalDecisionHandler<TProposal>
{
    /// <summary>Makes the proposal, as approved or corrected, take effect.</summary>
    /// <param name="resolution">What to do.</param>
    /// <param name="transaction">Where to do it; the library commits it, or rolls it back if this throws.</param>
    /// <param name="cancellationToken">Cancelled at the workflow's <c>Acting:Timeout</c> and at shutdown.</param>
    /// <returns>When the effect is in the transaction.</returns>
    Task ActAsync(Resolution<TProposal> resolution, NpgsqlTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Does what is due when a person rejected the proposal or it expired. The default does nothing.</summary>
    /// <param name="resolution">What was declined.</param>
    /// <param name="transaction">As for <see cref="ActAsync"/>.</param>
    /// <param name="cancellationToken">As for <see cref="ActAsync"/>.</param>
    /// <returns>When it is in the transaction.</returns>
    Task DeclineAsync(Resolution<TProposal> resolution, NpgsqlTransaction transaction, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes good an act that went straight through and was found wrong by a check. The default does nothing.</summary>
    /// <param name="resolution">The decision that acted.</param>
    /// <param name="transaction">As for <see cref="ActAsync"/>.</param>
    /// <param name="cancellationToken">As for <see cref="ActAsync"/>.</param>
    /// <returns>When it is in the transaction.</returns>
    Task CompensateAsync(Resolution<TProposal> resolution, NpgsqlTransaction transaction, CancellationToken cancellationToken) => Task.CompletedTask;
}
