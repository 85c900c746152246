using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>An application whose database says no: it says so itself, loses nothing, and goes on by itself when the database says yes again.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class HostTests
{
    private readonly string _schema = Server.NewSchema();
    private readonly ConcurrentBag<string> _acted = [];

    [PostgresFact]
    public async Task A_user_who_may_not_write_any_more_is_told_what_is_missing_and_goes_on_when_he_may()
    {
        var role = $"r{_schema}";
        Server.Cluster.Execute(Schema.Script(_schema, 0) + $"CREATE ROLE {role} LOGIN;" + Schema.Grants(_schema, role));
        using var host = Build(role);
        await host.StartAsync();
        await RouteAsync(host, "before");
        Server.Cluster.Execute($"REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {_schema} FROM {role}");
        var refused = await Assert.ThrowsAsync<StoreException>(() => RouteAsync(host, "refused"));
        Assert.Contains("42501", refused.Message, StringComparison.Ordinal);
        Assert.Contains("humanloop schema", refused.Message, StringComparison.Ordinal);
        var desk = host.Services.GetRequiredService<IReviewDesk>();
        Assert.Equal("before", Assert.Single((await desk.ListAsync(new())).Reviews).Id.DecisionId.Value);
        await Assert.ThrowsAsync<StoreException>(() => desk.DecideAsync(new("refund", "before"), new Verdict.Approved(), "ann"));

        Server.Cluster.Execute(Schema.Grants(_schema, role));
        await GoesOnAsync(host, "before");
    }

    [PostgresFact]
    public async Task A_database_that_only_reads_for_a_while_is_told_of_and_loses_nothing()
    {
        var role = $"r{_schema}";
        Server.Cluster.Execute(Schema.Script(_schema, 0) + $"CREATE ROLE {role} LOGIN;" + Schema.Grants(_schema, role) + $"ALTER ROLE {role} SET default_transaction_read_only = on");
        using var host = Build(role);
        await host.StartAsync();
        var refused = await Assert.ThrowsAsync<StoreException>(() => RouteAsync(host, "early"));
        Assert.Contains("25006", refused.ToString(), StringComparison.Ordinal);

        Server.Cluster.Execute($"ALTER ROLE {role} RESET default_transaction_read_only");
        Server.Cluster.Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role}'");
        await RouteAsync(host, "early");
        await GoesOnAsync(host, "early");
    }

    [PostgresFact]
    public async Task Tables_of_a_newer_version_stop_the_host_by_both_numbers_and_are_left_as_they_are()
    {
        using (var first = Build())
        {
            await first.StartAsync();
            await RouteAsync(first, "before");
            await first.StopAsync();
        }

        Server.Cluster.Execute($"UPDATE {_schema}.version SET version = 7");
        using (var old = Build())
        {
            var refused = await Assert.ThrowsAsync<StoreMismatchException>(() => old.StartAsync());
            Assert.Contains($"schema 7; this version of HumanLoop knows schemas up to {Schema.Current}", refused.Message, StringComparison.Ordinal);
            Assert.Contains("Upgrade", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(7, Server.Cluster.Ask($"SELECT version FROM {_schema}.version"));
        Server.Cluster.Execute($"UPDATE {_schema}.version SET version = {Schema.Current}");
        using var host = Build();
        await host.StartAsync();
        await GoesOnAsync(host, "before");
    }

    [PostgresFact]
    public async Task Tables_that_are_missing_and_may_not_be_made_stop_the_host_with_the_command_that_makes_them()
    {
        using (var host = Build(configure: options => options.CreateSchema = false))
        {
            var refused = await Assert.ThrowsAsync<StoreMismatchException>(() => host.StartAsync());
            Assert.Contains($"humanloop schema --schema {_schema} --from 0", refused.Message, StringComparison.Ordinal);
        }

        Server.Cluster.Execute(Schema.Script(_schema, 0));
        using var again = Build(configure: options => options.CreateSchema = false);
        await again.StartAsync();
        await RouteAsync(again, "first");
        await GoesOnAsync(again, "first");
    }

    private static Task<RoutingReceipt> RouteAsync(IHost host, string id) =>
        host.Services.GetRequiredService<IDecisionRouter<string>>().RouteAsync(new($"pay {id}") { Id = id, Confidence = 0.4 }).AsTask();

    /// <summary>What was recorded before can be decided and acts once, and new work is recorded.</summary>
    private async Task GoesOnAsync(IHost host, string id)
    {
        Assert.True((await host.Services.GetRequiredService<IReviewDesk>().DecideAsync(new("refund", id), new Verdict.Approved(), "ann")).IsApplied);
        await RouteAsync(host, "after");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_acted.IsEmpty)
        {
            await Task.Delay(20, patience.Token);
        }

        Assert.Equal([id], _acted);
        Assert.Equal("after", Assert.Single((await host.Services.GetRequiredService<IReviewDesk>().ListAsync(new() { States = [DecisionState.Pending] })).Reviews).Id.DecisionId.Value);
        Assert.NotEqual(HealthStatus.Unhealthy, (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(patience.Token)).Status);
        await host.StopAsync(CancellationToken.None);
    }

    private IHost Build(string? role = null, Action<PostgreSqlStoreOptions>? configure = null)
    {
        var builder = Application.Create();
        var server = Sources.Parse(Server.Cluster.ConnectionString());
        server.Username = role ?? server.Username;
        builder.Services.AddHumanLoop()
            .UsePostgreSql(server.ConnectionString, options =>
            {
                (options.Schema, options.AllowDataLoss, options.CreateSchema, options.RetryFor) = (_schema, true, role is null, TimeSpan.FromMilliseconds(500));
                configure?.Invoke(options);
            })
            .AddWorkflow<string>("refund", refund => refund.UseHandler((resolution, _) =>
            {
                _acted.Add(resolution.Decision.Id.Value);
                return Task.CompletedTask;
            }));
        return builder.Build();
    }
}
