namespace HumanLoop.Acting;

/// <summary>A function as a handler.</summary>
internal sealed class HandlerFunction<TProposal>(Func<Resolution<TProposal>, CancellationToken, Task> act) : IDecisionHandler<TProposal>
{
    public Task ActAsync(Resolution<TProposal> resolution, CancellationToken cancellationToken) => act(resolution, cancellationToken);
}
