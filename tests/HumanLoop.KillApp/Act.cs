namespace HumanLoop.KillApp;

/// <summary>Acts in the world outside; where it is told to, it then waits for a word before it returns.</summary>
public sealed class Act(World world, ActPause pause) : IDecisionHandler<string>
{
    public Task ActAsync(Resolution<string> resolution, CancellationToken cancellationToken) => DoAsync(resolution);

    public Task DeclineAsync(Resolution<string> resolution, CancellationToken cancellationToken) => DoAsync(resolution);

    public Task CompensateAsync(Resolution<string> resolution, CancellationToken cancellationToken) => DoAsync(resolution);

    private Task DoAsync(Resolution<string> resolution)
    {
        ArgumentNullException.ThrowIfNull(resolution);
        world.Do(resolution.IdempotencyKey, resolution.Proposal);
        return pause.AfterAsync(resolution.IdempotencyKey);
    }
}
