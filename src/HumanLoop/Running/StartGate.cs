using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Running;

/// <summary>Runs the start tasks once; whatever needs the loop waits here until they are done.</summary>
/// <remarks>A start that failed is tried again by the next call: a database that is late must not need a restart.</remarks>
internal sealed class StartGate(IServiceProvider services)
{
    private readonly Lock _gate = new();
    private Task? _start;

    /// <summary>Completes when the loop is ready.</summary>
    /// <exception cref="StoreException">The store cannot be reached.</exception>
    /// <exception cref="StoreMismatchException">The store belongs to another environment or key.</exception>
    public Task EnsureAsync()
    {
        var start = Volatile.Read(ref _start);
        if (start is { IsCompletedSuccessfully: true })
        {
            return start;
        }

        lock (_gate)
        {
            return _start is { IsFaulted: false, IsCanceled: false } running ? running : _start = StartAsync();
        }
    }

    private async Task StartAsync()
    {
        // Only now: a start task may itself need what waits at this gate.
        foreach (var task in services.GetServices<IStartTask>())
        {
            await task.StartAsync().ConfigureAwait(false);
        }
    }
}
