using HumanLoop.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds HumanLoop's health check.</summary>
public static class HumanLoopHealthCheckExtensions
{
    /// <summary>Adds a check that is Unhealthy when the store does not answer, and Degraded when a reload was refused, reviews are overdue, dead letters wait,
    /// the dispatcher stands still, or a webhook is disabled or has delivered nothing for five minutes. Tagged <c>ready</c>.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddHumanLoop(this IHealthChecksBuilder builder, string name = "humanloop")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new(name, provider => ActivatorUtilities.CreateInstance<HumanLoopHealthCheck>(provider), HealthStatus.Unhealthy, ["ready"]));
    }
}
