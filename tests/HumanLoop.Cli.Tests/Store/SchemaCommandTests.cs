using HumanLoop.Observing;
using HumanLoop.PostgreSql.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HumanLoop.Cli.Tests.Store;

/// <summary><c>humanloop schema</c>, and what its script makes of a server.</summary>
public sealed class SchemaCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("humanloop-cli").FullName;
    private PostgresCluster? _server;

    [PostgresFact]
    public async Task A_server_takes_the_script_and_the_role_that_it_names_can_do_all_of_the_work()
    {
        _server = PostgresCluster.Start();
        var file = Path.Combine(_folder, "schema.sql");
        var written = await CommandRun.OfAsync("schema", "--schema", "loop_a", "--role", "app", "--months", "5", "--out", file);
        Assert.Equal((0, "", ""), (written.Code, written.Output, written.Error));

        _server.Execute("CREATE ROLE app LOGIN");
        _server.Execute(await File.ReadAllTextAsync(file));
        Assert.Equal(6L, _server.Ask("SELECT count(*) FROM pg_inherits WHERE inhparent = 'loop_a.journal'::regclass"));
        Assert.Equal(1, _server.Ask("SELECT version FROM loop_a.version"));
        await WorkAsync();
        Assert.Equal("42501", Assert.Throws<PostgresException>(() => _server.Execute("SET ROLE app; DELETE FROM loop_a.journal")).SqlState);

        // Nothing is left to do, and doing it again does no harm.
        var again = await CommandRun.OfAsync("schema", "--schema", "loop_a", "--role", "app", "--months", "6", "--from", "1");
        Assert.Equal(0, again.Code);
        Assert.DoesNotContain("CREATE TABLE \"loop_a\".item", again.Output, StringComparison.Ordinal);
        _server.Execute(again.Output);
        _server.Execute(again.Output);
        Assert.Equal(7L, _server.Ask("SELECT count(*) FROM pg_inherits WHERE inhparent = 'loop_a.journal'::regclass"));
    }

    [PostgresFact]
    public async Task A_script_that_fails_in_the_middle_leaves_nothing()
    {
        _server = PostgresCluster.Start();
        var script = (await CommandRun.OfAsync("schema", "--role", "nobody_of_that_name")).Output;
        Assert.Contains("nobody_of_that_name", Assert.Throws<PostgresException>(() => _server.Execute(script)).MessageText, StringComparison.Ordinal);
        Assert.Equal(0L, _server.Ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'humanloop'"));
    }

    [Theory]
    [InlineData("--from", "7", "expected 0 to 1")]
    [InlineData("--from", "-1", "expected 0 to 1")]
    [InlineData("--schema", "My Loop", "'My Loop'")]
    [InlineData("--role", "app; DROP TABLE customer", "cannot be used")]
    public async Task What_cannot_be_used_is_named_and_no_script_is_written(string option, string value, string says)
    {
        var run = await CommandRun.OfAsync("schema", option, value);
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Routes, reviews, acts and learns, as the role.</summary>
    private async Task WorkAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["HumanLoop:Workflows:refund:Owner"] = "ops-lead@example.com",
            ["HumanLoop:Workflows:refund:Metric:Name"] = "refunds without a human",
            ["HumanLoop:Workflows:refund:Metric:AtLeast"] = "0.6",
            ["HumanLoop:Workflows:refund:Threshold:MaxErrorRate"] = "0.05",
        };
        var server = new NpgsqlConnectionStringBuilder(_server!.ConnectionString()) { Username = "app" };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddHumanLoop().UsePostgreSql(server.ConnectionString, options => (options.Schema, options.CreateSchema) = ("loop_a", false)).AddWorkflow<string>("refund", _ => { });
        await using var provider = services.BuildServiceProvider();
        var router = provider.GetRequiredService<IDecisionRouter<string>>();
        await router.RouteAsync(new("pay 20") { Id = "r-1", Confidence = 0.4, Subject = "customer-7" });
        await router.RouteAsync(new("pay 30") { Id = "r-2", Confidence = 0.4 });
        var review = Assert.Single(await provider.GetRequiredService<IReviewDesk>().ClaimAsync(new(), "ann"));
        Assert.True((await provider.GetRequiredService<IReviewDesk>().DecideAsync(review.Id, review.Revision, new Verdict.Approved(), "ann")).IsApplied);
        Assert.Equal(WithdrawResult.Withdrawn, await router.WithdrawAsync("r-2", "mistake"));
        await provider.GetRequiredService<IWorkflowControl>().EraseSubjectAsync("customer-7", "privacy");
        await provider.GetRequiredService<IWorkflowControl>().PauseAsync("refund", "ann", "trial");
        var writer = provider.GetRequiredService<JournalProjector>();
        while (await writer.ProjectAsync(CancellationToken.None))
        {
        }

        await writer.StopAsync(CancellationToken.None);
        Assert.Equal(1L, _server.Ask("SELECT count(*) FROM loop_a.state WHERE name = 'learning'"));
    }
}
