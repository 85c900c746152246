namespace HumanLoop.Cli.Tests.Store;

/// <summary>Acts on nothing.</summary>
internal sealed class RefusingHandler : IDecisionHandler<string>
{
    public Task ActAsync(Resolution<string> resolution, CancellationToken cancellationToken) => throw new InvalidOperationException("The bank is closed.");
}
