using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Benchmarks;

/// <summary>
/// Durable decisions on SQLite with <c>synchronous=FULL</c>, beside two floors on raw Microsoft.Data.Sqlite in the same run: one thin row and one
/// commit a caller, and the very rows and bytes that a routed decision leaves, written with group commit. Figures are per decision.
/// </summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 2, iterationCount: 9)]
public class SqliteBenchmarks : IDisposable
{
    private const int Decisions = 16_384;
    private const int OneByOne = 2_048;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"humanloop-benchmarks-{Environment.ProcessId}");
    private int _file;
    private string _database = "";
    private ServiceProvider _services = null!;
    private IDecisionRouter<Refund> _router = null!;
    private IReviewDesk _desk = null!;
    private SqliteConnection _raw = null!;

    [Params(32, 256)]
    public int Callers { get; set; }

    [GlobalSetup]
    public void SetUp() => Directory.CreateDirectory(_folder);

    [GlobalCleanup]
    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [IterationSetup(Target = nameof(RouteToReview))]
    public void OpenStore()
    {
        _database = Path.Combine(_folder, $"{_file++}.db");
        var services = new ServiceCollection().AddSingleton<IConfiguration>(Settings.Fixed("refund"));
        services.AddHumanLoop().UseSqlite($"Data Source={_database}").AddWorkflow<Refund>("refund", _ => { });
        _services = services.BuildServiceProvider();
        _router = _services.GetRequiredService<IDecisionRouter<Refund>>();
        _desk = _services.GetRequiredService<IReviewDesk>();
        RouteAsync(64).GetAwaiter().GetResult();
    }

    [IterationSetup(Target = nameof(ClaimAndDecide))]
    public void OpenFilledStore()
    {
        OpenStore();
        RouteAsync(OneByOne).GetAwaiter().GetResult();
    }

    [IterationSetup(Targets = [nameof(OneRowOneCommit), nameof(SameRowsGroupCommit)])]
    public void OpenRaw()
    {
        _database = Path.Combine(_folder, $"{_file++}.db");
        _raw = new SqliteConnection($"Data Source={_database};Pooling=False");
        _raw.Open();
        Execute(RawSchema.Text);
    }

    [IterationCleanup(Targets = [nameof(RouteToReview), nameof(ClaimAndDecide)])]
    public void CloseStore() => _services.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [IterationCleanup(Targets = [nameof(OneRowOneCommit), nameof(SameRowsGroupCommit)])]
    public void CloseRaw() => _raw.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = OneByOne, Description = "raw: one thin row, one commit, one caller")]
    public void OneRowOneCommit()
    {
        using var insert = new SqliteCommand("INSERT INTO thin (key, payload) VALUES ($key, $payload)", _raw);
        var key = insert.Parameters.Add("$key", SqliteType.Text);
        insert.Parameters.Add("$payload", SqliteType.Text).Value = new string('x', 370);
        for (var i = 0; i < OneByOne; i++)
        {
            key.Value = Guid.CreateVersion7().ToString();
            insert.ExecuteNonQuery();
        }
    }

    [Benchmark(OperationsPerInvoke = Decisions, Description = "raw: the same rows and bytes, group commit")]
    public async Task SameRowsGroupCommit()
    {
        var channel = Channel.CreateBounded<TaskCompletionSource>(512);
        var writer = Task.Run(() => RawSchema.WriteAsync(_raw, channel.Reader));
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Decisions / Callers; i++)
            {
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await channel.Writer.WriteAsync(done);
                await done.Task;
            }
        })));
        channel.Writer.Complete();
        await writer;
    }

    [Benchmark(OperationsPerInvoke = Decisions, Description = "RouteAsync to review, durable")]
    public Task RouteToReview() => RouteAsync(Decisions);

    [Benchmark(OperationsPerInvoke = OneByOne, Description = "claim, verdict, journal; one reviewer")]
    public async Task ClaimAndDecide()
    {
        for (var i = 0; i < OneByOne; i++)
        {
            var review = (await _desk.ClaimAsync(new(), "ann"))[0];
            var result = await _desk.DecideAsync(review.Id, review.Revision, new Verdict.Approved(), "ann");
            if (!result.IsApplied)
            {
                throw new InvalidOperationException($"The verdict was refused: {result.Status}.");
            }
        }
    }

    private Task RouteAsync(int count) => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
    {
        for (var i = 0; i < count / Callers; i++)
        {
            await _router.RouteAsync(new(new Refund(i, "customer-17")) { Confidence = 0.5 });
        }
    })));

    private void Execute(string sql)
    {
        using var command = new SqliteCommand(sql, _raw);
        command.ExecuteNonQuery();
    }
}
