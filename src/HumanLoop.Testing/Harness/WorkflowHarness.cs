using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using HumanLoop.Hosting;
using HumanLoop.Observing;
using HumanLoop.Queueing;
using HumanLoop.Routing;
using HumanLoop.Testing.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HumanLoop.Testing;

/// <summary>One workflow, whole and running, in memory and on a clock that only the test moves: to try an application's rules and handler without
/// waiting.</summary>
/// <typeparam name="TProposal">The proposal type.</typeparam>
/// <remarks>Unless configured otherwise: threshold 0.9 fixed, and as few audits as there can be. Time passes only in <see cref="AdvanceAsync"/>.</remarks>
/// <example>
/// <code>
/// await using var harness = await WorkflowHarness&lt;Refund&gt;.StartAsync(refund => refund.AddPolicy&lt;LargeRefunds&gt;(), new PayRefund());
/// await harness.Router.RouteAsync(new Decision&lt;Refund&gt;(new Refund(20)) { Confidence = 0.4 });
/// await harness.ApproveAllAsync();
/// Assert.Single(harness.Effects);
/// </code>
/// </example>
public sealed class WorkflowHarness<TProposal> : IAsyncDisposable
{
    /// <summary>The workflow's name in the harness.</summary>
    public const string WorkflowName = "harness";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider _services;
    private readonly CollectingHandler<TProposal> _handler;
    private int _routed;

    private WorkflowHarness(ManualClock clock, ServiceProvider services, CollectingHandler<TProposal> handler)
    {
        Clock = clock;
        _services = services;
        _handler = handler;
    }

    /// <summary>The clock that all of it runs by.</summary>
    public ManualClock Clock { get; }

    /// <summary>Everything that was registered.</summary>
    public IServiceProvider Services => _services;

    /// <summary>The workflow's router.</summary>
    public IDecisionRouter<TProposal> Router => _services.GetRequiredService<IDecisionRouter<TProposal>>();

    /// <summary>Where reviewers work.</summary>
    public IReviewDesk Desk => _services.GetRequiredService<IReviewDesk>();

    /// <summary>The owner's hand on the workflow.</summary>
    public IWorkflowControl Control => _services.GetRequiredService<IWorkflowControl>();

    /// <summary>The store: queue, journal and state.</summary>
    public InMemoryReviewQueue Store => (InMemoryReviewQueue)_services.GetRequiredService<IReviewQueue>();

    /// <summary>The effects that took place so far, in their order.</summary>
    public IReadOnlyList<Resolution<TProposal>> Effects => _handler.Done;

    /// <summary>Starts a workflow.</summary>
    /// <param name="configure">Its rules, confidence source and options; a handler set here takes the place of <paramref name="handler"/> and its effects are not
    /// collected.</param>
    /// <param name="handler">What acts. The default, <see langword="null"/>, only collects the effects.</param>
    /// <param name="register">Further services, such as those that rules need.</param>
    /// <returns>The running workflow. Dispose it.</returns>
    [RequiresUnreferencedCode("Reads and writes proposals by reflection.")]
    [RequiresDynamicCode("Reads and writes proposals by reflection.")]
    public static async Task<WorkflowHarness<TProposal>> StartAsync(
        Action<WorkflowBuilder<TProposal>>? configure = null,
        IDecisionHandler<TProposal>? handler = null,
        Action<IServiceCollection>? register = null)
    {
        var clock = new ManualClock();
        var collecting = new CollectingHandler<TProposal>(handler);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(collecting);
        services.Configure<HumanLoopOptions>(options =>
        {
            // The same draws in every run; and rare polls, for the harness itself says when to look.
            options.AuditKey = Convert.ToBase64String(new byte[AuditDraw.KeyLength]);
            options.PollInterval = TimeSpan.FromMinutes(1);
        });
        register?.Invoke(services);
        services.AddHumanLoop().UseInMemory().AddWorkflow<TProposal>(WorkflowName, workflow =>
        {
            workflow.Configure(SetDefaults).UseHandler<CollectingHandler<TProposal>>();
            configure?.Invoke(workflow);
        });

        var harness = new WorkflowHarness<TProposal>(clock, services.BuildServiceProvider(), collecting);
        try
        {
            foreach (var service in harness._services.GetServices<IHostedService>())
            {
                await service.StartAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch
        {
            await harness.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return harness;
    }

    /// <summary>Routes a decision the way that the test wants: an id is chosen that the audit draw picks or passes over, and a confidence on the wanted side of
    /// the threshold.</summary>
    /// <param name="decision">The decision; its id is replaced, and its confidence where it stands in the way.</param>
    /// <param name="route">Where it is to go.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="InvalidOperationException">It went elsewhere: a rule, the scope or a pause has the last word, here too.</exception>
    public async Task<RoutingReceipt> RouteAsync(Decision<TProposal> decision, RouteKind route)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var conditions = _services.GetRequiredKeyedService<Workflow>(WorkflowName).Conditions;
        var line = conditions.LineFor(decision.Segment, decision.Model);
        var admitted = decision.Confidence is { } given && line.Threshold.Admits(given);
        DecisionId id;
        do
        {
            id = $"harness-{Interlocked.Increment(ref _routed)}";
        }
        while (conditions.Draw.Draws(id, line.Audit) != (route == RouteKind.Audit) && !(line.Audit == ReviewProbability.Always));

        var confidence = route == RouteKind.Review == admitted ? route == RouteKind.Review ? 0 : 1 : decision.Confidence;
        var receipt = await Router.RouteAsync(decision with { Id = id, Confidence = confidence }).ConfigureAwait(false);
        await SettleAsync().ConfigureAwait(false);
        return receipt.Route.Kind == route
            ? receipt
            : throw new InvalidOperationException($"The decision was to take the route {route} and took {receipt.Route.Kind}: {receipt.Route.Reason}.");
    }

    /// <summary>Approves everything that waits for a verdict, and lets the effects take place.</summary>
    /// <param name="reviewer">Who approves.</param>
    /// <returns>How many were approved.</returns>
    public Task<int> ApproveAllAsync(string reviewer = "reviewer") => DecideAllAsync(_ => new Verdict.Approved(), reviewer);

    /// <summary>Decides everything that waits for a verdict, and lets the effects take place.</summary>
    /// <param name="decide">The verdict on a review.</param>
    /// <param name="reviewer">Who decides.</param>
    /// <returns>How many verdicts were applied.</returns>
    public async Task<int> DecideAllAsync(Func<Review, Verdict> decide, string reviewer = "reviewer")
    {
        ArgumentNullException.ThrowIfNull(decide);
        await SettleAsync().ConfigureAwait(false);
        var applied = 0;
        foreach (var item in await ListAsync(DecisionState.Pending, DecisionState.Claimed).ConfigureAwait(false))
        {
            var review = await Desk.GetAsync(new(item.Workflow, item.DecisionId)).ConfigureAwait(false);
            applied += review is not null && (await Desk.DecideAsync(review.Id, decide(review), reviewer).ConfigureAwait(false)).IsApplied ? 1 : 0;
        }

        await SettleAsync().ConfigureAwait(false);
        return applied;
    }

    /// <summary>Lets time pass: whatever falls due on the way happens in its order.</summary>
    /// <param name="by">How much; not negative.</param>
    /// <returns>When all of it has happened.</returns>
    public async Task AdvanceAsync(TimeSpan by)
    {
        var until = Clock.GetUtcNow() + by;
        await SettleAsync().ConfigureAwait(false);
        while (await NextMomentAsync().ConfigureAwait(false) is { } next && next <= until)
        {
            Clock.Advance(next - Clock.GetUtcNow());
            await SettleAsync().ConfigureAwait(false);
        }

        Clock.Advance(until - Clock.GetUtcNow());
        await SettleAsync().ConfigureAwait(false);
    }

    /// <summary>Waits, without moving the clock, until nothing more happens by itself.</summary>
    /// <returns>When it is quiet: no effect is due, and none is under way but those that wait for the clock.</returns>
    /// <exception cref="TimeoutException">The handler has not returned for 30 seconds.</exception>
    public async Task SettleAsync()
    {
        // A failed attempt waits for the clock inside its retry: from outside that shows only as a while without a call.
        const int Quiet = 20;
        var (limit, quiet) = (Stopwatch.StartNew(), 0);
        while (quiet < Quiet)
        {
            await _services.GetRequiredService<Heartbeat>().SweepAsync(CancellationToken.None).ConfigureAwait(false);
            while (await _services.GetRequiredService<JournalProjector>().ProjectAsync(CancellationToken.None).ConfigureAwait(false))
            {
            }

            _services.GetRequiredService<WorkSignals>().ActDue();
            var now = Clock.GetUtcNow();
            var open = await ListAsync(DecisionState.ActDue, DecisionState.Acting).ConfigureAwait(false);
            if (open.All(item => item.State == DecisionState.ActDue && item.ReadyAt > now))
            {
                return;
            }

            quiet = _handler.IsRunning || open.Any(item => item.State == DecisionState.ActDue && item.ReadyAt <= now) ? 0 : quiet + 1;
            if (limit.Elapsed > Patience)
            {
                throw new TimeoutException($"Effects are still due or under way after {Patience.TotalSeconds:0} seconds: {string.Join(", ", open.Take(5).Select(item => $"{item.DecisionId} ({item.State}, {item.Effect})"))}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System).ConfigureAwait(false);
        }
    }

    /// <summary>Stops the workflow.</summary>
    /// <returns>When it has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await _services.DisposeAsync().ConfigureAwait(false);
    }

    private static void SetDefaults(WorkflowOptions options)
    {
        options.Owner = "owner@example.com";
        options.Metric.Name = "decisions without a human";
        options.Metric.AtLeast = 0.5;
        options.Threshold.Policy = ThresholdPolicy.Fixed;
        options.Threshold.Value = 0.9;
        options.Threshold.AuditBudget = 0.01;
    }

    private async Task<DateTimeOffset?> NextMomentAsync()
    {
        var now = Clock.GetUtcNow();
        DateTimeOffset? next = null;
        foreach (var item in await ListAsync(DecisionState.Pending, DecisionState.Claimed, DecisionState.Decided, DecisionState.ActDue, DecisionState.Acting).ConfigureAwait(false))
        {
            foreach (var moment in new[] { item.WakeAt, item.ReadyAt })
            {
                next = moment > now && !(moment >= next) ? moment : next;
            }
        }

        return next;
    }

    private async Task<IReadOnlyList<WorkItem>> ListAsync(params IReadOnlyList<DecisionState> states)
    {
        var items = new List<WorkItem>();
        string? cursor = null;
        do
        {
            var page = await Store.ListAsync(new() { States = states, Limit = 1000, Cursor = cursor }).ConfigureAwait(false);
            items.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return items;
    }
}
