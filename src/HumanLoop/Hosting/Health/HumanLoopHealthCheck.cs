using HumanLoop.Diagnostics;
using HumanLoop.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HumanLoop.Hosting;

/// <summary>Unhealthy when the store does not answer; Degraded when something waits for the owner.</summary>
internal sealed class HumanLoopHealthCheck(StartGate start, IEnumerable<IHealthSource> sources) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        try
        {
            await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            foreach (var source in sources)
            {
                problems.AddRange(await source.FindProblemsAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        catch (HumanLoopException unreachable)
        {
            return new(context.Registration.FailureStatus, unreachable.Message);
        }

        return problems.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join("; ", problems));
    }
}
