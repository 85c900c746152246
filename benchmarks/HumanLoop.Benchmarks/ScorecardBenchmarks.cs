using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using HumanLoop.Journaling;
using HumanLoop.Observing;
using HumanLoop.Reporting;
using HumanLoop.Reports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Benchmarks;

/// <summary>What reading a scorecard costs after few and after many decisions, on SQLite: it should not matter.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 3, iterationCount: 30)]
public class ScorecardBenchmarks : IDisposable
{
    private const int Batch = 10_000;
    private const int Days = 365;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"humanloop-scorecards-{Environment.ProcessId}");
    private ServiceProvider _services = null!;
    private IScorecards _scorecards = null!;

    [Params(10_000, 1_000_000)]
    public int Decisions { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        Directory.CreateDirectory(_folder);
        var settings = Settings.Fixed("refund");
        settings["HumanLoop:Workflows:refund:Threshold:Value"] = "0.2";
        var services = new ServiceCollection().AddSingleton<IConfiguration>(settings);
        services.AddHumanLoop().UseSqlite($"Data Source={Path.Combine(_folder, $"{Decisions}.db")}").AddWorkflow<Refund>("refund", _ => { });
        _services = services.BuildServiceProvider();
        _scorecards = _services.GetRequiredService<IScorecards>();
        await _scorecards.ReadAsync("refund");
        var journal = _services.GetRequiredService<IDecisionJournal>();
        for (var from = 0; from < Decisions; from += Batch)
        {
            await journal.AppendAsync([.. Enumerable.Range(from, Batch).SelectMany(Entries)]);
        }

        var writer = _services.GetRequiredService<JournalProjector>();
        while (await writer.ProjectAsync(CancellationToken.None))
        {
        }

        await writer.StopAsync(CancellationToken.None);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Benchmark(Description = "read a scorecard")]
    public async Task<string> Read() => (await _scorecards.ReadAsync("refund")).Advice.Reason;

    [Benchmark(Description = "read a scorecard and write it as HTML")]
    public async Task<int> Html() => ReportHtml.Fragment(ScorecardReport.Of(await _scorecards.ReadAsync("refund"))).Length;

    /// <summary>Four in five go straight through, one in twenty of these is checked.</summary>
    private IEnumerable<JournalEntry> Entries(int n)
    {
        var confidence = n * 0.6180339887498949 % 1.0;
        var kind = confidence < 0.2 ? RouteKind.Review : n % 20 == 0 ? RouteKind.Audit : RouteKind.StraightThrough;
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(n * (double)Days / Decisions);
        yield return new DecisionRouted
        {
            Workflow = "refund",
            DecisionId = $"d-{n}",
            Version = 1,
            At = at,
            Route = DecisionRoute.Of(kind, kind == RouteKind.Review ? RouteReasons.BelowThreshold : RouteReasons.AtOrAboveThreshold),
            Confidence = confidence,
            Threshold = new(0.2),
            Segment = $"segment-{n % 40}",
            Model = "m-1",
            Epoch = 1,
            Eligible = true,
            ReviewProbability = kind == RouteKind.Review ? ReviewProbability.Always : ReviewProbability.AtRung(8),
            LowestProbability = ReviewProbability.AtRung(8),
            Fingerprint = "",
        };
        if (kind != RouteKind.StraightThrough)
        {
            var reviewer = $"reviewer-{n % 30}";
            yield return new ReviewClaimed { Workflow = "refund", DecisionId = $"d-{n}", Version = 2, At = at.AddMinutes(5), Holder = reviewer, LeaseUntil = at.AddMinutes(15) };
            yield return new VerdictGiven
            {
                Workflow = "refund",
                DecisionId = $"d-{n}",
                Version = 3,
                At = at.AddMinutes(5.5),
                Effect = Effect.None,
                Verdict = new() { Kind = VerdictKind.Approved, Reviewer = reviewer, WasRight = n / 20 % 40 != 0, At = at.AddMinutes(5.5) },
            };
        }
    }
}
