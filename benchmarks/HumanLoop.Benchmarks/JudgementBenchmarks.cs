using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;
using HumanLoop.Adapting;
using HumanLoop.Diagnostics;
using HumanLoop.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Polly;

namespace HumanLoop.Benchmarks;

/// <summary>What it costs to judge one decision, beside what else a service might ask on such a path.</summary>
[MemoryDiagnoser]
[SimpleJob(RuntimeMoniker.HostProcess, warmupCount: 5, iterationCount: 12)]
public class JudgementBenchmarks : IDisposable
{
    private readonly double _threshold = 0.9;
    private readonly double _surely = 0.97;
    private readonly DecisionId _id = "018f4e2a-7d1c-7c3e-9b0a-3f6d2c1b4a59";
    private readonly Confidence _below = 0.5;
    private readonly Confidence _above = 0.97;
    private readonly RoutingConditions _conditions = new(
        new ThresholdsInForce(
            new ThresholdsDocument { Policy = "risk-controlled", Lines = [new(IsOwn: false, null, "classifier-7", new(0.9), ReviewProbability.AtLeast(0.05).Rung, 3, null)] },
            neverBelow: 0),
        paused: false,
        shadow: false,
        [],
        new(new byte[16], "refund"));
    private readonly ResiliencePipeline _pipeline = ResiliencePipeline.Empty;
    private readonly Telemetry _telemetry = new(TimeProvider.System, null);
    private IFeatureManager _features = null!;
    private MeterListener? _listener;

    [GlobalSetup]
    public void SetUp()
    {
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("FeatureManagement:Refunds", "true")]).Build());
        services.AddFeatureManagement();
        _features = services.BuildServiceProvider().GetRequiredService<IFeatureManager>();
    }

    [GlobalSetup(Target = nameof(JudgementWithListener))]
    public void Listen()
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == HumanLoopDiagnostics.Decisions)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        _listener.Start();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _listener?.Dispose();
        _telemetry.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "plain if")]
    public bool PlainIf() => _surely >= _threshold;

    [Benchmark(Description = "judgement, no draw")]
    public RouteKind Judgement()
    {
        var judgement = _conditions.Judge(_conditions.LineFor(null, "classifier-7"), _id, _below);
        _telemetry.Routed("refund", null, judgement.Route, _below);
        return judgement.Route.Kind;
    }

    [Benchmark(Description = "judgement with draw")]
    public RouteKind JudgementWithDraw()
    {
        var judgement = _conditions.Judge(_conditions.LineFor(null, "classifier-7"), _id, _above);
        _telemetry.Routed("refund", null, judgement.Route, _above);
        return judgement.Route.Kind;
    }

    [Benchmark(Description = "judgement, no draw, one metrics listener")]
    public RouteKind JudgementWithListener()
    {
        var judgement = _conditions.Judge(_conditions.LineFor(null, "classifier-7"), _id, _below);
        _telemetry.Routed("refund", null, judgement.Route, _below);
        return judgement.Route.Kind;
    }

    [Benchmark(Description = "Polly, empty pipeline")]
    public ValueTask<bool> PollyEmpty() => _pipeline.ExecuteAsync(static (state, _) => ValueTask.FromResult(state._surely >= state._threshold), this);

    [Benchmark(Description = "Microsoft.FeatureManagement IsEnabledAsync")]
    public Task<bool> FeatureManagement() => _features.IsEnabledAsync("Refunds");
}
