using HumanLoop.Diagnostics;

namespace OpenTelemetry.Metrics;

/// <summary>Collects HumanLoop's metrics.</summary>
public static class HumanLoopMeterProviderBuilderExtensions
{
    /// <summary>Collects every instrument that <see cref="HumanLoopDiagnostics"/> names.</summary>
    /// <param name="builder">The meter's builder.</param>
    /// <returns>The builder.</returns>
    public static MeterProviderBuilder AddHumanLoopInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter(HumanLoopDiagnostics.MeterName);
    }
}
