using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HumanLoop.Queues;

/// <summary>An application with one workflow on a durable store, as its author would set it up. Its services run once it is started.</summary>
internal sealed class Loop : IAsyncDisposable
{
    private readonly IHost _host;

    public Loop(Action<IHumanLoopBuilder> useStore, Action<Resolution<Refund>>? act = null, int atOnce = 16)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Benchmark" });
        builder.Configuration.AddInMemoryCollection(
        [
            new("HumanLoop:MaxConcurrentActs", atOnce.ToString(CultureInfo.InvariantCulture)),
            new("HumanLoop:Workflows:refund:Owner", "ops@example.com"),
            new("HumanLoop:Workflows:refund:Metric:Name", "refunds without a human"),
            new("HumanLoop:Workflows:refund:Metric:AtLeast", "0.6"),
            new("HumanLoop:Workflows:refund:Threshold:Policy", "Fixed"),
            new("HumanLoop:Workflows:refund:Threshold:Value", "0.9"),
        ]);
        var loop = builder.Services.AddHumanLoop();
        useStore(loop);
        loop.AddWorkflow<Refund>("refund", refund =>
        {
            if (act is not null)
            {
                refund.UseHandler((resolution, _) =>
                {
                    act(resolution);
                    return Task.CompletedTask;
                });
            }
        });
        _host = builder.Build();
        Router = _host.Services.GetRequiredService<IDecisionRouter<Refund>>();
        Desk = _host.Services.GetRequiredService<IReviewDesk>();
    }

    public IDecisionRouter<Refund> Router { get; }

    public IReviewDesk Desk { get; }

    public Task StartAsync() => _host.StartAsync();

    public async Task<int> RouteAsync(int amount)
    {
        await Router.RouteAsync(Refund.Unsure(amount));
        return 1;
    }

    /// <summary>Routes many in one call.</summary>
    public async Task<int> RouteManyAsync(int count)
    {
        await foreach (var _ in Router.RouteManyAsync(Enumerable.Range(0, count).Select(Refund.Unsure).ToAsyncEnumerable()))
        {
        }

        return count;
    }

    /// <summary>Claims one review and approves it.</summary>
    public async Task<int> ReviewAsync(string reviewer)
    {
        if (await Desk.ClaimAsync(new(), reviewer) is not [var review])
        {
            return 0;
        }

        Require(await Desk.DecideAsync(review.Id, review.Revision, new Verdict.Approved(), reviewer));
        return 1;
    }

    /// <summary>Routes decisions and has them all approved.</summary>
    public async Task DecideManyAsync(int count)
    {
        await RouteManyAsync(count);
        await Parallel.ForEachAsync(Enumerable.Range(0, count / 100), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, cancellationToken) =>
        {
            var reviews = await Desk.ClaimAsync(new() { Limit = 100 }, "ann", cancellationToken);
            await Task.WhenAll(reviews.Select(review => DecideAsync(review.Id)));
        });
    }

    /// <summary>Approves one from outside, without a lease.</summary>
    public async Task<int> DecideAsync(ReviewId id)
    {
        Require(await Desk.DecideAsync(id, new Verdict.Approved(), "ann"));
        return 1;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static void Require(ReviewResult result)
    {
        if (!result.IsApplied)
        {
            throw new InvalidOperationException($"The verdict was refused: {result.Status}.");
        }
    }
}
