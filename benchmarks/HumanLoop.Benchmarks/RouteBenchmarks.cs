using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Benchmarks;

/// <summary>The whole call in memory: assess, judge, serialise, fingerprint, record, journal.</summary>
[MemoryDiagnoser]
[SimpleJob(RuntimeMoniker.HostProcess, warmupCount: 3, iterationCount: 8)]
public class RouteBenchmarks
{
    private const int Batch = 20_000;

    private ServiceProvider _services = null!;
    private IDecisionRouter<Refund> _router = null!;

    [Params(0.5, 0.97)]
    public double Confidence { get; set; }

    [IterationSetup]
    public void SetUp()
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(Settings.Fixed("refund"));
        services.AddHumanLoop().UseInMemory().AddWorkflow<Refund>("refund", _ => { });
        _services = services.BuildServiceProvider();
        _router = _services.GetRequiredService<IDecisionRouter<Refund>>();
    }

    [IterationCleanup]
    public void CleanUp() => _services.Dispose();

    [Benchmark(OperationsPerInvoke = Batch, Description = "RouteAsync in memory")]
    public async Task Route()
    {
        for (var i = 0; i < Batch; i++)
        {
            await _router.RouteAsync(new(new Refund(i, "customer-17")) { Confidence = Confidence });
        }
    }
}
