using HumanLoop.Diagnostics;

namespace HumanLoop.Acting;

/// <summary>Whether the dispatcher still fetches what falls due.</summary>
internal sealed class DispatcherHealth(Dispatcher dispatcher) : IHealthSource
{
    private static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(60);

    public ValueTask<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken) =>
        new(dispatcher.SinceLastFetch is { } silence && silence > FetchLimit ? [$"the dispatcher has fetched nothing for {silence:c}"] : []);
}
