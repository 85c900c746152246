using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit.Abstractions;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>Servers that are away, killed, replaced, and connections that end at the worst moment.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class BadDayTests(ITestOutputHelper output)
{
    [PostgresFact]
    public async Task A_database_that_is_down_at_start_is_told_of_and_waited_for()
    {
        using var cluster = PostgresCluster.Start();
        cluster.Kill();
        var builder = Application.Create();
        builder.Services.AddHumanLoop().UsePostgreSql(cluster.ConnectionString(), options => options.RetryFor = TimeSpan.FromMilliseconds(200)).AddWorkflow<string>("refund");
        using var host = builder.Build();
        await host.StartAsync();
        var router = host.Services.GetRequiredService<IDecisionRouter<string>>();
        var health = host.Services.GetRequiredService<HealthCheckService>();
        var failure = await Assert.ThrowsAsync<StoreException>(async () => await router.RouteAsync(new("refund") { Id = "a" }));
        Assert.Contains($"at 127.0.0.1 did not answer", failure.Message, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync()).Status);

        cluster.StartAgain();
        Assert.Equal(RoutingStatus.Recorded, await OnceThereAsync(async () => (await router.RouteAsync(new("refund") { Id = "a" })).Status));
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);
        await host.StopAsync();
    }

    // The long form keeps it away for 30 seconds.
    [PostgresFact]
    public async Task A_database_that_goes_away_under_load_loses_nothing_that_was_acknowledged()
    {
        using var cluster = PostgresCluster.Start();
        await using var store = Open(cluster.ConnectionString(), TimeSpan.FromSeconds(1));
        using var load = new Load(store, "down");
        load.Start(16);
        for (var round = 0; round < (Need.IsLong ? 10 : 2); round++)
        {
            await UntilAsync(load, load.Decided.Count + 200);
            cluster.Kill();
            await Task.Delay(Need.IsLong && round == 0 ? 30_000 : 1_500);
            cluster.StartAgain();
            await UntilAsync(load, load.Decided.Count + 200);
        }

        await load.StopAsync();
        await load.CheckAsync(store);
        output.WriteLine($"{load.Recorded.Count} recorded and {load.Decided.Count} decided were all there; {load.Refused} calls ended in StoreException; longest gap {load.LongestGap.TotalMilliseconds:0} ms.");
    }

    [PostgresFact]
    public async Task Connections_that_are_cut_at_any_moment_leave_no_answer_in_doubt()
    {
        using var cluster = PostgresCluster.Start();

        // Longer than the cuts go on: on a busy machine one may come before anything is done.
        await using var store = Open(cluster.ConnectionString(), TimeSpan.FromMinutes(5));
        using var load = new Load(store, "cut");
        load.Start(16);
        for (var cut = 0; cut < (Need.IsLong ? 400 : 40); cut++)
        {
            cluster.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'HumanLoop'");
            await Task.Delay(25);
        }

        await UntilAsync(load, 100);
        await load.StopAsync();
        Assert.Equal(0, load.Refused);
        await load.CheckAsync(store);
        output.WriteLine($"{load.Recorded.Count} recorded and {load.Decided.Count} decided.");
    }

    // The long form fails over 20 times.
    [PostgresTheory]
    [InlineData("the hosts of a connection string", 0)]
    [InlineData("a data source of the application", 1)] // time enough for Npgsql to remember that there was no primary
    public async Task A_fail_over_to_a_synchronous_standby_loses_nothing_that_was_acknowledged_and_is_noticed_at_once(string by, int secondsWithout)
    {
        for (var round = 0; round < (Need.IsLong ? 20 : 1); round++)
        {
            using var primary = PostgresCluster.Start();
            using var standby = PostgresCluster.Follow(primary, "b");
            primary.Execute("ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (b)'");
            primary.Execute("SELECT pg_reload_conf()");
            var both = $"Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};Username=postgres;Database=postgres;Timeout=2";
            await using var own = new NpgsqlDataSourceBuilder(both).BuildMultiHost();
            await using var store = by.StartsWith("the hosts", StringComparison.Ordinal) ? Open(both, TimeSpan.FromSeconds(20)) : Open(Sources.Of(own), TimeSpan.FromSeconds(20));
            using var load = new Load(store, "over");
            load.Start(16);
            await UntilAsync(load, 200);
            Assert.Empty(await store.FindProblemsAsync());
            var (killed, promoted, answered) = await FailOverAsync(primary.Kill, TimeSpan.FromSeconds(secondsWithout), standby, load);
            await UntilAsync(load, load.Decided.Count + 200);
            await load.StopAsync();
            Assert.Equal(0, load.Refused);
            await using var survivor = Open(standby.ConnectionString(), TimeSpan.FromSeconds(5));
            await load.CheckAsync(survivor);
            var (sincePromotion, sinceKill) = (TimeProvider.System.GetElapsedTime(promoted, answered), TimeProvider.System.GetElapsedTime(killed, answered));
            output.WriteLine($"Fail-over {round + 1}: first answer {sincePromotion.TotalMilliseconds:0} ms after the promotion, {sinceKill.TotalMilliseconds:0} ms after the kill; {load.Recorded.Count} recorded and {load.Decided.Count} decided were all there.");
            Assert.True(sincePromotion < TimeSpan.FromSeconds(2), $"The first answer came {sincePromotion.TotalSeconds:0.0} s after the promotion: the hosts are looked at too seldom.");
        }
    }

    [PostgresFact]
    public async Task A_primary_that_hangs_is_given_up_when_a_command_has_taken_too_long()
    {
        using var primary = PostgresCluster.Start();
        using var standby = PostgresCluster.Follow(primary, "b");
        primary.Execute("ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (b)'");
        primary.Execute("SELECT pg_reload_conf()");
        await using var store = Open($"Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};Username=postgres;Database=postgres;Timeout=2", TimeSpan.FromSeconds(60));
        using var load = new Load(store, "hangs");
        load.Start(16);
        await UntilAsync(load, 200);
        var (_, promoted, answered) = await FailOverAsync(primary.Freeze, TimeSpan.Zero, standby, load);
        await UntilAsync(load, load.Decided.Count + 200);
        await load.StopAsync();
        Assert.Equal(0, load.Refused);
        await using var survivor = Open(standby.ConnectionString(), TimeSpan.FromSeconds(5));
        await load.CheckAsync(survivor);
        output.WriteLine($"First answer {TimeProvider.System.GetElapsedTime(promoted, answered).TotalSeconds:0.0} s after the promotion, with a CommandTimeout of 2 s.");
    }

    [PostgresFact]
    public async Task Hosts_that_all_refuse_are_told_of_at_once()
    {
        await using var store = Open($"Host=127.0.0.1:{Server.Cluster.Port},localhost:{Server.Cluster.Port};Username=postgres;Database=missing", TimeSpan.FromMinutes(5));
        var failure = await Assert.ThrowsAsync<StoreException>(() => store.EnqueueAsync(Work.Review("a")).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("3D000", failure.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_host_that_is_there_and_never_answers_holds_nobody_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var store = Open($"Host=127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port},127.0.0.1:{Server.Cluster.Port};Username=postgres;Database=postgres;Timeout=30;Target Session Attributes=primary", TimeSpan.FromSeconds(20), Server.NewSchema());
        var began = TimeProvider.System.GetTimestamp();
        await store.EnqueueAsync(Work.Review("a"));
        var passed = TimeProvider.System.GetElapsedTime(began);
        Assert.True(passed < TimeSpan.FromSeconds(20), $"It took {passed.TotalSeconds:0} s.");
    }

    [PostgresFact]
    public async Task A_standby_that_may_lag_is_told_of()
    {
        using var primary = PostgresCluster.Start();
        using var standby = PostgresCluster.Follow(primary, "b");
        await using var store = Open(primary.ConnectionString(), TimeSpan.FromSeconds(5));
        await store.EnqueueAsync(Work.Review("a"));
        Assert.Contains("asynchronously", Assert.Single(await store.FindProblemsAsync()), StringComparison.Ordinal);
    }

    /// <summary>Ends the primary and promotes the standby; the moments of the end, of the promotion and of the first answer after it.</summary>
    private static async Task<(long Killed, long Promoted, long Answered)> FailOverAsync(Action end, TimeSpan without, PostgresCluster standby, Load load)
    {
        await using var source = NpgsqlDataSource.Create(standby.ConnectionString());
        await using var connection = await source.OpenConnectionAsync();
        await using var ask = new NpgsqlCommand("SELECT pg_is_in_recovery()", connection);
        var killed = TimeProvider.System.GetTimestamp();
        end();
        await Task.Delay(without);
        var promoting = Task.Run(standby.Promote);
        while ((bool)(await ask.ExecuteScalarAsync())!)
        {
            await Task.Delay(1);
        }

        var promoted = TimeProvider.System.GetTimestamp();
        var answered = await load.NextAnswerAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await promoting;
        return (killed, promoted, answered);
    }

    /// <summary>The loop's own start may still be at an attempt that began while the database was away, and callers share it.</summary>
    private static async Task<T> OnceThereAsync<T>(Func<Task<T>> call)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (StoreException) when (attempt < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    private static async Task UntilAsync(Load load, int decided)
    {
        for (var wait = 0; load.Decided.Count < decided; wait++)
        {
            Assert.True(wait < 6_000, $"Only {load.Decided.Count} of {decided} decided.");
            await Task.Delay(20);
        }
    }

    private static PostgreSqlStore Open(string connectionString, TimeSpan retryFor, string? schema = null) => Open(Sources.Open(Sources.Parse(connectionString), null), retryFor, schema);

    private static PostgreSqlStore Open(Hosts hosts, TimeSpan retryFor, string? schema = null)
    {
        var options = new PostgreSqlStoreOptions { RetryFor = retryFor, CommandTimeout = TimeSpan.FromSeconds(2), AllowDataLoss = schema is not null };
        options.Schema = schema ?? options.Schema;
        return new(hosts, options, TimeProvider.System, NullLogger<PostgreSqlStore>.Instance);
    }
}
