namespace HumanLoop.Testing.Harness;

/// <summary>Hands effects on to the handler under test, if there is one, and remembers those that succeeded.</summary>
internal sealed class CollectingHandler<TProposal>(IDecisionHandler<TProposal>? inner) : IDecisionHandler<TProposal>
{
    private readonly Lock _gate = new();
    private readonly List<Resolution<TProposal>> _done = [];
    private int _running;

    public IReadOnlyList<Resolution<TProposal>> Done
    {
        get
        {
            lock (_gate)
            {
                return [.. _done];
            }
        }
    }

    public bool IsRunning => Volatile.Read(ref _running) > 0;

    public Task ActAsync(Resolution<TProposal> resolution, CancellationToken cancellationToken) =>
        RunAsync(resolution, inner is null ? null : inner.ActAsync, cancellationToken);

    public Task DeclineAsync(Resolution<TProposal> resolution, CancellationToken cancellationToken) =>
        RunAsync(resolution, inner is null ? null : inner.DeclineAsync, cancellationToken);

    public Task CompensateAsync(Resolution<TProposal> resolution, CancellationToken cancellationToken) =>
        RunAsync(resolution, inner is null ? null : inner.CompensateAsync, cancellationToken);

    private async Task RunAsync(Resolution<TProposal> resolution, Func<Resolution<TProposal>, CancellationToken, Task>? effect, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running);
        try
        {
            if (effect is not null)
            {
                await effect(resolution, cancellationToken).ConfigureAwait(false);
            }

            lock (_gate)
            {
                _done.Add(resolution);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
