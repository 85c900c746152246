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
        var settings = new Dictionary<string, string?>
        {
            ["HumanLoop:Workflows:refund:Owner"] = "ops-lead@example.com",
            ["HumanLoop:Workflows:refund:Metric:Name"] = "refunds without a human",
            ["HumanLoop:Workflows:refund:Metric:AtLeast"] = "0.6",
            ["HumanLoop:Workflows:refund:Threshold:MaxErrorRate"] = "0.05",
            ["HumanLoop:Workflows:refund:Threshold:Per"] = per,
        };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddHumanLoop().UseSqlite($"Data Source={File}").AddWorkflow<string>("refund");
        await using var provider = services.BuildServiceProvider();
        var router = provider.GetRequiredService<IDecisionRouter<string>>();
        var desk = provider.GetRequiredService<IReviewDesk>();
        var writer = provider.GetRequiredService<EvidenceWriter>();
        for (var n = from; n < from + count; n++)
        {
            var receipt = await router.RouteAsync(new($"refund, \"{n}\"") { Id = $"d-{n}", Confidence = n * 0.6180339887498949 % 1.0, Model = model });
            if (receipt.Route.Kind != RouteKind.StraightThrough)
            {
                Verdict verdict = receipt.Confidence.Value >= 0.7 || n % 2 == 0 ? new Verdict.Approved() : new Verdict.Rejected();
                Assert.True((await desk.DecideAsync(new("refund", receipt.DecisionId), verdict, "ann")).IsApplied);
            }
        }

        while (await writer.LearnAsync(CancellationToken.None))
        {
        }

        await writer.StopAsync(CancellationToken.None);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
