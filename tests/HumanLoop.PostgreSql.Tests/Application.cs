using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>An application with the settings of one workflow, refund, and health checks.</summary>
internal static class Application
{
    public static HostApplicationBuilder Create()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HumanLoop:Workflows:refund:Owner"] = "ops@example.com",
            ["HumanLoop:Workflows:refund:Metric:Name"] = "refunds without a human",
            ["HumanLoop:Workflows:refund:Metric:AtLeast"] = "0.6",
            ["HumanLoop:Workflows:refund:Threshold:MaxErrorRate"] = "0.05",
        });
        builder.Services.AddHealthChecks().AddHumanLoop();
        return builder;
    }
}
