using HumanLoop.Diagnostics;
using HumanLoop.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Hosting;

/// <summary>Starts the loop with the host. What only a person can mend stops the host; a store that is late does not.</summary>
internal sealed class StartupService(StartGate start, ILogger<StartupService> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException failure)
        {
            logger.StoreLate(failure.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
