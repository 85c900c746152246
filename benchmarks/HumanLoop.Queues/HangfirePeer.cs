using System.Diagnostics;
using Hangfire;
using Hangfire.Logging;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Npgsql;

namespace HumanLoop.Queues;

/// <summary>Hangfire on the same server: 32 threads that enqueue, and 20 workers with jobs that do nothing.</summary>
internal sealed class HangfirePeer(NpgsqlDataSource source, string connection, Reference reference)
{
    public const string Process = "Hangfire, process";

    private const int Callers32 = 32;
    private const int Jobs = 500;

    private static int _ran;

    public IEnumerable<Case> All => [new("Hangfire, enqueue, 32 callers", reference, EnqueueAsync), new(Process, reference, ProcessAsync)];

    public static void Run() => Interlocked.Increment(ref _ran);

    private async Task<Sample> EnqueueAsync()
    {
        await using var schema = await TemporarySchema.CreateAsync(source);
        var client = new BackgroundJobClient(Open(schema));
        client.Enqueue(() => Run());
        var clock = Stopwatch.StartNew();
        var rows = 0;
        var threads = Enumerable.Range(0, Callers32).Select(_ => new Thread(() =>
        {
            while (clock.Elapsed < Callers.Usual)
            {
                client.Enqueue(() => Run());
                Interlocked.Increment(ref rows);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return new(rows, clock.Elapsed);
    }

    private async Task<Sample> ProcessAsync()
    {
        await using var schema = await TemporarySchema.CreateAsync(source);
        var storage = Open(schema);
        var client = new BackgroundJobClient(storage);
        Parallel.For(0, Jobs, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => client.Enqueue(() => Run()));
        Interlocked.Exchange(ref _ran, 0);
        var clock = Stopwatch.StartNew();
        using var server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = 20, SchedulePollingInterval = TimeSpan.FromSeconds(15) }, storage);
        while (Volatile.Read(ref _ran) < Jobs)
        {
            await Task.Delay(5);
        }

        var elapsed = clock.Elapsed;
        server.SendStop();
        await server.WaitForShutdownAsync(CancellationToken.None);
        return new(Jobs, elapsed);
    }

    private PostgreSqlStorage Open(TemporarySchema schema)
    {
        LogProvider.SetCurrentLogProvider(null);
        return new(
            new NpgsqlConnectionFactory(connection, new PostgreSqlStorageOptions { SchemaName = schema.Name }),
            new PostgreSqlStorageOptions { SchemaName = schema.Name, QueuePollInterval = TimeSpan.FromMilliseconds(50), EnableLongPolling = true, PrepareSchemaIfNecessary = true });
    }
}
