using System.Collections.Concurrent;
using HumanLoop;

namespace Invoices;

/// <summary>Where invoices are booked, whoever read them: once for each key.</summary>
internal sealed class Books : IDecisionHandler<Invoice>
{
    private readonly ConcurrentDictionary<string, Invoice> _booked = new();

    public IReadOnlyCollection<Invoice> Booked => [.. _booked.Values];

    public Task ActAsync(Resolution<Invoice> resolution, CancellationToken cancellationToken)
    {
        _booked.TryAdd(resolution.IdempotencyKey, resolution.Proposal);
        return Task.CompletedTask;
    }
}
