using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HumanLoop.KillApp;

/// <summary>The same application for the child that is killed and for the test that looks at what it left.</summary>
public static class Loop
{
    /// <summary>The shortest that the dispatcher allows: its own margin of 5 seconds comes on top.</summary>
    public static TimeSpan ActingTimeout { get; } = TimeSpan.FromSeconds(3);

    /// <summary>What every reviewer says of a decision.</summary>
    public static bool IsApproved(DecisionId id) => id.Value[^1] is not ('0' or '4' or '8');

    /// <param name="store">A connection string of PostgreSQL or of SQLite.</param>
    /// <param name="world">The folder of the world outside.</param>
    /// <param name="pause">What a handler does before it returns.</param>
    /// <param name="logging">Where it logs to.</param>
    public static IHost Build(string store, string world, ActPause pause, Action<ILoggingBuilder>? logging = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HumanLoop:PollInterval"] = "00:00:00.2000000",
            ["HumanLoop:Workflows:refund:Owner"] = "ops@example.com",
            ["HumanLoop:Workflows:refund:Metric:Name"] = "refunds without a human",
            ["HumanLoop:Workflows:refund:Metric:AtLeast"] = "0.6",
            ["HumanLoop:Workflows:refund:Threshold:Policy"] = "Fixed",
            ["HumanLoop:Workflows:refund:Threshold:Value"] = "0.9",
            ["HumanLoop:Workflows:refund:Threshold:AuditBudget"] = "0.2",
            ["HumanLoop:Workflows:refund:Acting:Timeout"] = ActingTimeout.ToString("c"),
        });
        logging?.Invoke(builder.Logging);
        builder.Services.AddSingleton(new World(world)).AddSingleton(pause);
        var loop = builder.Services.AddHumanLoop();
        (store.StartsWith("Host=", StringComparison.Ordinal) ? loop.UsePostgreSql(store) : loop.UseSqlite(store))
            .AddWorkflow<string>("refund", refund => refund.UseHandler<Act>());
        return builder.Build();
    }
}
