using System.Diagnostics;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace HumanLoop.Tests.Journey;

/// <summary>One process's loop over the in-memory store, on a clock that only the test moves. Background services run once started.</summary>
/// <remarks>Unless told otherwise: threshold 0.9 fixed, audits as rare as they get, and a key by which the ids of the tests are not drawn.</remarks>
internal sealed class TestLoop : IAsyncDisposable
{
    public const string Name = "refund";
    public const string AuditKey = "AAECAwQFBgcICQoLDA0ODw==";

    private readonly List<IHostedService> _running = [];

    public TestLoop(
        Action<WorkflowBuilder<Refund>>? workflow = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        bool handled = true,
        TestLoop? sharedWith = null,
        Action<IServiceCollection>? services = null,
        Action<IHumanLoopBuilder>? loop = null)
    {
        Clock = sharedWith?.Clock ?? new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
        Store = sharedWith?.Store ?? new(Clock);
        Configuration = new ConfigurationBuilder().AddInMemoryCollection(Required()).Build();
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            Configuration[PathOf(key)] = value;
        }

        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(Configuration);
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddSingleton(Store);
        collection.AddSingleton(Handler);
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services?.Invoke(collection);
        var builder = collection.AddHumanLoop().UseQueue<FaultyStore>().AddWorkflow<Refund>(Name, refund =>
        {
            if (handled)
            {
                refund.UseHandler<RecordingHandler>();
            }

            workflow?.Invoke(refund);
        });
        loop?.Invoke(builder);
        Services = collection.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; }

    public FaultyStore Store { get; }

    public RecordingHandler Handler { get; } = new();

    public CollectedLog Log { get; } = new();

    public IConfigurationRoot Configuration { get; }

    public ServiceProvider Services { get; }

    public IDecisionRouter<Refund> Router => Services.GetRequiredKeyedService<IDecisionRouter<Refund>>(Name);

    public IReviewDesk Desk => Services.GetRequiredService<IReviewDesk>();

    public IWorkflowControl Control => Services.GetRequiredService<IWorkflowControl>();

    public static Dictionary<string, string?> Settings(params (string Key, string? Value)[] settings) => settings.ToDictionary(pair => pair.Key, pair => pair.Value);

    public static Decision<Refund> Decision(string id, double? confidence = 0.95, decimal amount = 20) =>
        new(new Refund("Ada", amount)) { Id = id, Confidence = confidence is { } value ? value : null };

    public static ReviewId Review(string id) => new(Name, id);

    /// <summary>A key of the workflow; with a leading slash, of the whole application.</summary>
    public static string PathOf(string key) => key[0] == '/' ? $"HumanLoop:{key[1..]}" : $"HumanLoop:Workflows:{Name}:{key}";

    public ValueTask<RoutingReceipt> RouteAsync(string id, double? confidence = 0.95) => Router.RouteAsync(Decision(id, confidence));

    public async Task<WorkItem> ItemAsync(string id) =>
        await ((IReviewQueue)Store).GetAsync(Name, id) ?? throw new InvalidOperationException($"There is no decision {id}.");

    public async Task<IReadOnlyList<JournalEntry>> JournalAsync(string? id = null) =>
        [.. (await ((IDecisionJournal)Store).ReadAsync(0, int.MaxValue)).Select(record => record.Entry).Where(entry => id is null || entry.DecisionId == id)];

    public Task<ReviewResult> DecideAsync(string id, Verdict verdict, string reviewer = "ana") => Desk.DecideAsync(Review(id), verdict, reviewer);

    public async Task StartAsync()
    {
        foreach (var service in Services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
            _running.Add(service);
        }
    }

    public async Task StopAsync()
    {
        foreach (var service in Enumerable.Reverse(_running))
        {
            await service.StopAsync(CancellationToken.None);
        }

        _running.Clear();
    }

    /// <summary>Leaves services behind that a test has made unable to stop.</summary>
    public void StopWithoutWaiting() => _running.Clear();

    /// <summary>Lets the background services run, the clock moving on in small steps, until something holds. The limit is for a test that hangs.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds, TimeSpan? step = null)
    {
        var limit = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(60), "What was waited for did not come to pass.");
            Clock.Advance(step ?? TimeSpan.FromMilliseconds(100));
            await Task.Delay(1);
        }
    }

    public Task UntilAsync(Func<bool> holds, TimeSpan? step = null) => UntilAsync(() => Task.FromResult(holds()), step);

    public Task UntilAsync(string id, DecisionState state) => UntilAsync(async () => (await ItemAsync(id)).State == state);

    public Task UntilSettledAsync(string id) => UntilAsync(id, DecisionState.Settled);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Services.DisposeAsync();
    }

    private static Dictionary<string, string?> Required() => new()
    {
        ["HumanLoop:AuditKey"] = AuditKey,
        [PathOf("Owner")] = "ops-lead@example.com",
        [PathOf("Metric:Name")] = "refunds without a human",
        [PathOf("Metric:AtLeast")] = "0.6",
        [PathOf("Threshold:Policy")] = "Fixed",
        [PathOf("Threshold:Value")] = "0.9",
        [PathOf("Threshold:AuditBudget")] = "0.01",
    };
}
