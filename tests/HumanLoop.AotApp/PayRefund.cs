using System.Collections.Concurrent;

namespace HumanLoop.AotApp;

/// <summary>What happened, by idempotency key: whatever the restarts, each key at most once.</summary>
internal sealed class Payments
{
    private readonly ConcurrentDictionary<string, decimal> _effects = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, decimal> Effects => _effects;

    public void Do(string key, decimal amount)
    {
        if (!_effects.TryAdd(key, amount))
        {
            throw new InvalidOperationException($"{key} took effect twice.");
        }
    }
}

internal sealed class PayRefund(Payments payments) : IDecisionHandler<Refund>
{
    public Task ActAsync(Resolution<Refund> resolution, CancellationToken cancellationToken)
    {
        payments.Do(resolution.IdempotencyKey, resolution.Proposal.Amount);
        return Task.CompletedTask;
    }

    public Task DeclineAsync(Resolution<Refund> resolution, CancellationToken cancellationToken)
    {
        payments.Do(resolution.IdempotencyKey, 0);
        return Task.CompletedTask;
    }

    public Task CompensateAsync(Resolution<Refund> resolution, CancellationToken cancellationToken)
    {
        payments.Do(resolution.IdempotencyKey, resolution.Proposal.Amount);
        return Task.CompletedTask;
    }
}
