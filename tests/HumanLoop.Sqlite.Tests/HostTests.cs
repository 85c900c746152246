using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HumanLoop.Sqlite.Tests;

/// <summary>An application whose disk is full: it says so, acts on nothing that is not recorded, and goes on by itself when there is room.</summary>
public sealed class HostTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly ConcurrentDictionary<string, string> _acted = [];
    private int _pages = 60;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_acts_on_nothing_that_is_not_recorded_and_when_there_is_room_everything_is_settled_once()
    {
        using var host = Build();
        await host.StartAsync();
        var router = host.Services.GetRequiredService<IDecisionRouter<string>>();
        var desk = host.Services.GetRequiredService<IReviewDesk>();
        await router.RouteAsync(new("to be reviewed") { Id = "reviewed", Confidence = 0.4 });
        var recorded = new List<string>();
        StoreException? failure = null;
        for (var i = 0; failure is null; i++)
        {
            try
            {
                await router.RouteAsync(new(new string('x', 2_000)) { Id = $"{i}", Confidence = 0.95 });
                recorded.Add($"{i}");
            }
            catch (StoreException full)
            {
                failure = full;
            }
        }

        Assert.Contains("full", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(recorded);
        Assert.DoesNotContain($"{recorded.Count}", _acted.Values);
        await Assert.ThrowsAsync<StoreException>(() => desk.DecideAsync(new("refund", "reviewed"), new Verdict.Corrected(System.Text.Json.JsonSerializer.SerializeToElement(new string('y', 20_000))), "ann"));

        _pages = 1_000_000;
        Assert.True((await desk.DecideAsync(new("refund", "reviewed"), new Verdict.Approved(), "ann")).IsApplied);
        await router.RouteAsync(new("again") { Id = $"{recorded.Count}", Confidence = 0.95 });
        string[] all = ["reviewed", .. recorded, $"{recorded.Count}"];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await desk.ListAsync(new() { States = [DecisionState.Decided, DecisionState.ActDue, DecisionState.Acting], Limit = 1_000 }, patience.Token)).Reviews.Count > 0)
        {
            await Task.Delay(20, patience.Token);
        }

        Assert.Equal(all.Order(), _acted.Values.Order());
        await host.StopAsync(CancellationToken.None);
        Assert.Equal("ok", _folder.Connect().Read("PRAGMA integrity_check")[0]);
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HumanLoop:Workflows:refund:Owner"] = "ops@example.com",
            ["HumanLoop:Workflows:refund:Metric:Name"] = "refunds without a human",
            ["HumanLoop:Workflows:refund:Metric:AtLeast"] = "0.6",
            ["HumanLoop:Workflows:refund:Threshold:Policy"] = "Fixed",
            ["HumanLoop:Workflows:refund:Threshold:Value"] = "0.9",
            ["HumanLoop:Workflows:refund:Acting:Timeout"] = "00:00:01",
        });
        builder.Services.AddHumanLoop()
            .UseSqlite($"Data Source={_folder.Path}", options => options.Opened = connection => connection.Run($"PRAGMA max_page_count = {_pages}"))
            .AddWorkflow<string>("refund", refund => refund.UseHandler((resolution, _) =>
            {
                // As whoever honours the key: an effect whose end could not be recorded comes again under it.
                _acted[resolution.IdempotencyKey] = resolution.Decision.Id.Value;
                return Task.CompletedTask;
            }));
        return builder.Build();
    }
}
