using HumanLoop.Observing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Cli.Tests.Store;

/// <summary>A store file that an application has worked on and closed.</summary>
internal sealed class FilledStore : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("humanloop-cli").FullName;

    public string File => Path.Combine(_folder, "reviews.db");

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Routes decisions, of which every tenth below 0.7 is wrong, and answers those that a person looks at.</summary>
    public async Task WorkAsync(int from, int count, string? model = "m-1", string per = "Workflow")
    {
        await using var provider = Application(("Threshold:Per", per));
        var router = provider.GetRequiredService<IDecisionRouter<string>>();
        var desk = provider.GetRequiredService<IReviewDesk>();
        for (var n = from; n < from + count; n++)
        {
            var receipt = await router.RouteAsync(new($"refund, \"{n}\"") { Id = $"d-{n}", Confidence = n * 0.6180339887498949 % 1.0, Model = model });
            if (receipt.Route.Kind != RouteKind.StraightThrough)
            {
                Verdict verdict = receipt.Confidence.Value >= 0.7 || n % 2 == 0 ? new Verdict.Approved() : new Verdict.Rejected();
                Assert.True((await desk.DecideAsync(new("refund", receipt.DecisionId), verdict, "ann")).IsApplied);
            }
        }

        await LearnAsync(provider);
    }

    /// <summary>Routes decisions that nobody answers.</summary>
    public async Task LeaveAsync(int count, string? claimedBy = null)
    {
        await using var provider = Application();
        for (var n = 1; n <= count; n++)
        {
            await provider.GetRequiredService<IDecisionRouter<string>>().RouteAsync(new($"pay {n}") { Id = $"open-{n}", Confidence = 0.4, Segment = "small" });
        }

        await LearnAsync(provider);
        if (claimedBy is not null)
        {
            await ClaimAsync(claimedBy);
        }
    }

    public async Task ClaimAsync(string reviewer)
    {
        await using var provider = Application();
        Assert.Single(await provider.GetRequiredService<IReviewDesk>().ClaimAsync(new(), reviewer));
    }

    /// <summary>Routes decisions whose handler refuses, until they are dead letters.</summary>
    public async Task FailAsync(int count)
    {
        await using var provider = Application(("Threshold:Start", "0.5"), ("Acting:Retries", "0"));
        for (var n = 1; n <= count; n++)
        {
            await provider.GetRequiredService<IDecisionRouter<string>>().RouteAsync(new($"pay {n}") { Id = $"failed-{n}", Confidence = 0.9 });
        }

        await LearnAsync(provider);
    }

    private ServiceProvider Application(params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["HumanLoop:Workflows:refund:Owner"] = "ops-lead@example.com",
            ["HumanLoop:Workflows:refund:Metric:Name"] = "refunds without a human",
            ["HumanLoop:Workflows:refund:Metric:AtLeast"] = "0.6",
            ["HumanLoop:Workflows:refund:Threshold:MaxErrorRate"] = "0.05",
        };
        foreach (var (key, value) in more)
        {
            settings[$"HumanLoop:Workflows:refund:{key}"] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddHumanLoop().UseSqlite($"Data Source={File}").AddWorkflow<string>("refund", refund =>
        {
            if (more.Any(setting => setting.Key == "Acting:Retries"))
            {
                refund.UseHandler<RefusingHandler>();
            }
        });
        return services.BuildServiceProvider();
    }

    private static async Task LearnAsync(ServiceProvider provider)
    {
        var writer = provider.GetRequiredService<JournalProjector>();
        while (await writer.ProjectAsync(CancellationToken.None))
        {
        }

        await writer.StopAsync(CancellationToken.None);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
