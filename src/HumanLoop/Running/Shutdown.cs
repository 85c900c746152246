using Microsoft.Extensions.Hosting;

namespace HumanLoop.Running;

/// <summary>The host's shutdown, for work that no caller may cancel; never, where there is no host.</summary>
internal sealed class Shutdown(IHostApplicationLifetime? lifetime = null)
{
    public CancellationToken Stopping { get; } = lifetime?.ApplicationStopping ?? CancellationToken.None;
}
