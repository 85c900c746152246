using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace HumanLoop.Extensions.AI.Tests.Approving;

/// <summary>One process: a chat client with function invocation and the gate, over a model from a script, and the loop behind it on a clock that only the test moves.</summary>
/// <remarks>Unless told otherwise the threshold is 0.9 fixed, and the confidence of a call is what the test says for its tool.</remarks>
internal sealed class Loop : IAsyncDisposable
{
    public const string Name = "tools";

    private readonly ServiceProvider _services;
    private readonly IHostedService[] _running;

    private Loop(ServiceProvider services, IChatClient model)
    {
        _services = services;
        _running = [.. services.GetServices<IHostedService>()];
        Client = model.AsBuilder().UseFunctionInvocation().UseHumanLoop().Build(services);
    }

    public IChatClient Client { get; }

    public FakeTimeProvider Clock => _services.GetRequiredService<FakeTimeProvider>();

    public IReviewDesk Desk => _services.GetRequiredService<IReviewDesk>();

    public ToolApprovals Approvals => _services.GetRequiredService<ToolApprovals>();

    public IServiceProvider Services => _services;

    public Outcomes Outcomes => _services.GetRequiredService<Outcomes>();

    public static async Task<Loop> StartAsync(
        IChatClient model,
        Dictionary<string, double>? confidence = null,
        Action<ToolApprovalOptions>? options = null,
        Action<WorkflowBuilder<ToolCall>>? workflow = null,
        string? file = null,
        params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"HumanLoop:Workflows:{Name}:Owner"] = "owner@example.com",
            [$"HumanLoop:Workflows:{Name}:Metric:Name"] = "calls without a human",
            [$"HumanLoop:Workflows:{Name}:Metric:AtLeast"] = "0.5",
            [$"HumanLoop:Workflows:{Name}:Threshold:Policy"] = "Fixed",
            [$"HumanLoop:Workflows:{Name}:Threshold:Value"] = "0.9",
            ["HumanLoop:AuditKey"] = "AAECAwQFBgcICQoLDA0ODw==", // a key by which none of the tests' ids is drawn
            [$"HumanLoop:Workflows:{Name}:Threshold:AuditBudget"] = "0.000001",
        }).Build();
        foreach (var (key, value) in settings)
        {
            configuration[$"HumanLoop:Workflows:{Name}:{key}"] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(new FakeTimeProvider(new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero)));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<FakeTimeProvider>());
        services.AddSingleton<Outcomes>().AddSingleton<IToolOutcomeObserver>(provider => provider.GetRequiredService<Outcomes>());
        var builder = services.AddHumanLoop();
        (file is null ? builder.UseInMemory() : builder.UseSqlite($"Data Source={file}")).AddToolApproval(Name, options, calls =>
        {
            calls.UseConfidence((decision, _) => new(confidence is not null && confidence.TryGetValue(decision.Proposal.Tool, out var sure) ? new Confidence(sure) : Confidence.Unusable));
            workflow?.Invoke(calls);
        });
        var loop = new Loop(services.BuildServiceProvider(), model);
        foreach (var service in loop._running)
        {
            await service.StartAsync(CancellationToken.None);
        }

        return loop;
    }

    /// <summary>The only decision that waits for a person; it is waited for, as it may come up in another task.</summary>
    public async Task<Review> OnlyReviewAsync() => Assert.Single(await ReviewsAsync(1));

    public async Task<IReadOnlyList<Review>> ReviewsAsync(int atLeast)
    {
        for (var attempt = 0; ; attempt++)
        {
            var page = await Desk.ListAsync(new() { Workflow = Name, States = [DecisionState.Pending] });

            // Whatever acted at once may have been drawn to be checked, by the chance of its id.
            Review[] held = [.. page.Reviews.Where(review => !review.IsAudit)];
            if (held.Length >= atLeast || attempt == 1000)
            {
                return held;
            }

            await Task.Delay(5);
        }
    }

    public async Task DecideAsync(Verdict verdict) => Assert.Equal(TransitionStatus.Applied, (await Desk.DecideAsync((await OnlyReviewAsync()).Id, verdict, "ann")).Status);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running.Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}

/// <summary>Remembers what became of parked calls.</summary>
internal sealed class Outcomes : IToolOutcomeObserver
{
    private readonly ConcurrentQueue<ToolOutcome> _told = new();

    public IReadOnlyList<ToolOutcome> Told => [.. _told];

    public Task ObserveAsync(ToolOutcome outcome, CancellationToken cancellationToken)
    {
        _told.Enqueue(outcome);
        return Task.CompletedTask;
    }

    public async Task<ToolOutcome> FirstAsync()
    {
        for (var attempt = 0; _told.IsEmpty && attempt < 1000; attempt++)
        {
            await Task.Delay(5);
        }

        return Assert.Single(_told);
    }
}
