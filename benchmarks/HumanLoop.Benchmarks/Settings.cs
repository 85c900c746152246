using Microsoft.Extensions.Configuration;

namespace HumanLoop.Benchmarks;

/// <summary>The three required settings and a fixed threshold.</summary>
internal static class Settings
{
    public static IConfigurationRoot Fixed(string workflow) => new ConfigurationBuilder().AddInMemoryCollection(
    [
        new($"HumanLoop:Workflows:{workflow}:Owner", "ops@example.com"),
        new($"HumanLoop:Workflows:{workflow}:Metric:Name", "refunds without a human"),
        new($"HumanLoop:Workflows:{workflow}:Metric:AtLeast", "0.6"),
        new($"HumanLoop:Workflows:{workflow}:Threshold:Policy", "Fixed"),
        new($"HumanLoop:Workflows:{workflow}:Threshold:Value", "0.9"),
    ]).Build();
}
