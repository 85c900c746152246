using HumanLoop.Diagnostics;

namespace OpenTelemetry.Trace;

/// <summary>Collects HumanLoop's spans.</summary>
public static class HumanLoopTracerProviderBuilderExtensions
{
    /// <summary>Collects the spans <c>humanloop.decide</c> and <c>humanloop.review</c>; the second links to the first, for it ends hours later.</summary>
    /// <param name="builder">The tracer's builder.</param>
    /// <returns>The builder.</returns>
    public static TracerProviderBuilder AddHumanLoopInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddSource(HumanLoopDiagnostics.ActivitySourceName);
    }
}
