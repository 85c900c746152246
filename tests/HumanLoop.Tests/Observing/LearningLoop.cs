using HumanLoop.Hosting;
using HumanLoop.Observing;
using HumanLoop.Running;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Tests.Observing;

/// <summary>A loop whose threshold is earned, and which learns when the test says so.</summary>
internal sealed class LearningLoop : IAsyncDisposable
{
    private int _routed;

    public LearningLoop(IReadOnlyDictionary<string, string?>? settings = null, LearningLoop? sharedWith = null, Action<WorkflowBuilder<Refund>>? workflow = null, Action<IHumanLoopBuilder>? loop = null)
    {
        var all = TestLoop.Settings(("Threshold:Policy", null), ("Threshold:Value", null), ("Threshold:MaxErrorRate", "0.05"), ("Threshold:AuditBudget", "0.05"));
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }

        Loop = new(workflow, settings: all, handled: false, sharedWith: sharedWith?.Loop, loop: loop);
        _routed = sharedWith?._routed ?? 0;
    }

    public TestLoop Loop { get; }

    public async Task<LiveThreshold> LiveAsync(string? model = null, string? segment = null) =>
        (await Loop.Control.GetThresholdsAsync(TestLoop.Name)).Single(one => one.Model == model && one.Segment == segment);

    /// <summary>The same with the controller's state behind it.</summary>
    public async Task<StandingThreshold> StandingAsync() =>
        Assert.Single(await Loop.Services.GetRequiredService<ThresholdReader>().ReadAsync(TestLoop.Name, Loop.Services.GetRequiredService<Catalog<Workflow>>().Get(TestLoop.Name).ControllerOf, CancellationToken.None));

    public Task<IReadOnlyList<RecordedThresholdChange>> ChangesAsync() => Loop.Control.GetThresholdChangesAsync(TestLoop.Name);

    /// <summary>Routes decisions and answers those that a person looks at, by whether the AI is right at such a confidence.</summary>
    public async Task<IReadOnlyList<RoutingReceipt>> DecideAsync(int count, Func<double, bool> isRight, string? model = null, string? segment = null, bool learn = true)
    {
        var receipts = new List<RoutingReceipt>();
        for (var i = 0; i < count; i++)
        {
            var n = ++_routed;
            var sure = Spread(n);
            var receipt = await RouteAsync(sure, model, segment, n);
            receipts.Add(receipt);
            if (receipt.Route.Kind != RouteKind.StraightThrough)
            {
                await AnswerAsync(receipt.DecisionId, isRight(sure));
            }

            if (learn && n % 50 == 0)
            {
                await LearnAsync();
            }
        }

        if (learn)
        {
            await LearnAsync();
        }

        return receipts;
    }

    public async Task<RoutingReceipt> RouteAsync(double confidence, string? model = null, string? segment = null, int? number = null) =>
        await Loop.Router.RouteAsync(TestLoop.Decision($"d-{number ?? ++_routed}", confidence) with { Model = model, Segment = segment });

    public async Task AnswerAsync(DecisionId id, bool isRight) =>
        Assert.True((await Loop.DecideAsync(id.Value, isRight ? new Verdict.Approved() : new Verdict.Rejected())).IsApplied);

    public async Task LearnAsync()
    {
        while (await Loop.Services.GetRequiredService<JournalProjector>().ProjectAsync(CancellationToken.None))
        {
        }
    }

    /// <summary>Commits what has been learnt and hands over, as a process that stops does.</summary>
    public Task StopAsync() => Loop.Services.GetRequiredService<JournalProjector>().StopAsync(CancellationToken.None);

    public Task SweepAsync() => Loop.Services.GetRequiredService<Heartbeat>().SweepAsync(CancellationToken.None);

    /// <summary>Confidences from 0.5 to 1, evenly and in no order.</summary>
    public static double Spread(int n) => 0.5 + (n * 0.6180339887498949 % 1.0 / 2);

    public ValueTask DisposeAsync() => Loop.DisposeAsync();
}
