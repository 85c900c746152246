using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HumanLoop.Benchmarks;

/// <summary>
/// Durable decisions on PostgreSQL beside two floors on raw Npgsql in the same run: one thin row and one commit a caller, and the very rows and bytes
/// that a routed decision leaves, written with group commit. Figures are per decision. HUMANLOOP_POSTGRES names the server, which must be durable.
/// </summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 2, iterationCount: 7)]
public class PostgreSqlBenchmarks
{
    private const int Decisions = 8_192;
    private const int OneByOne = 1_024;

    private readonly string _connection = Environment.GetEnvironmentVariable("HUMANLOOP_POSTGRES") ?? "Host=localhost;Username=postgres;Database=postgres";
    private string _schema = "";
    private NpgsqlDataSource _source = null!;
    private ServiceProvider _services = null!;
    private IDecisionRouter<Refund> _router = null!;
    private IReviewDesk _desk = null!;

    [Params(32, 256)]
    public int Callers { get; set; }

    [IterationSetup(Targets = [nameof(OneRowOneCommit), nameof(SameRowsGroupCommit)])]
    public void OpenRaw()
    {
        Name();
        Execute(PostgreSqlFloor.Schema(_schema));
    }

    [IterationSetup(Target = nameof(RouteToReview))]
    public void OpenStore()
    {
        Name();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(Settings.Fixed("refund"));
        services.AddHumanLoop().UsePostgreSql(_connection, options => options.Schema = _schema).AddWorkflow<Refund>("refund", _ => { });
        _services = services.BuildServiceProvider();
        _router = _services.GetRequiredService<IDecisionRouter<Refund>>();
        _desk = _services.GetRequiredService<IReviewDesk>();
        RouteAsync(256).GetAwaiter().GetResult();
    }

    [IterationSetup(Target = nameof(ClaimAndDecide))]
    public void OpenFilledStore()
    {
        OpenStore();
        RouteAsync(OneByOne * 2).GetAwaiter().GetResult();
    }

    [IterationCleanup]
    public void Close()
    {
        _services?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Execute($"DROP SCHEMA {_schema} CASCADE");
        _source.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = OneByOne, Description = "raw: one thin row, one commit, one caller")]
    public Task OneRowOneCommit() => new PostgreSqlFloor(_source, _schema).ThinAsync(OneByOne);

    [Benchmark(OperationsPerInvoke = Decisions, Description = "raw: the same rows and bytes, group commit")]
    public async Task SameRowsGroupCommit()
    {
        var channel = Channel.CreateBounded<TaskCompletionSource>(512);
        var writer = Task.Run(() => new PostgreSqlFloor(_source, _schema).WriteAsync(channel.Reader));
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

    [Benchmark(OperationsPerInvoke = OneByOne, Description = "claim, verdict, journal; 8 reviewers")]
    public Task ClaimAndDecide() => Task.WhenAll(Enumerable.Range(0, 8).Select(reviewer => Task.Run(async () =>
    {
        for (var i = 0; i < OneByOne / 8; i++)
        {
            var review = (await _desk.ClaimAsync(new(), $"reviewer-{reviewer}"))[0];
            var result = await _desk.DecideAsync(review.Id, review.Revision, new Verdict.Approved(), $"reviewer-{reviewer}");
            if (!result.IsApplied)
            {
                throw new InvalidOperationException($"The verdict was refused: {result.Status}.");
            }
        }
    })));

    private Task RouteAsync(int count) => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
    {
        for (var i = 0; i < count / Callers; i++)
        {
            await _router.RouteAsync(new(new Refund(i, "customer-17")) { Confidence = 0.5 });
        }
    })));

    private void Name()
    {
        _schema = $"b{Guid.CreateVersion7():n}";
        _source = NpgsqlDataSource.Create(_connection);
    }

    private void Execute(string sql)
    {
        using var command = _source.CreateCommand(sql);
        command.ExecuteNonQuery();
    }
}
