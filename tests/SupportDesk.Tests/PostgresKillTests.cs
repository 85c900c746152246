using System.Diagnostics;
using HumanLoop.PostgreSql.Tests;
using HumanLoop.Testing;
using Xunit.Abstractions;

namespace SupportDesk.Tests;

/// <summary>Instances that share a PostgreSQL database, and are killed.</summary>
[Trait("Category", "Server")]
[Trait("Category", "Slow")]
public sealed class PostgresKillTests(ITestOutputHelper output) : IDisposable
{
    // HUMANLOOP_LONG=1 kills 200 times instead of 6.
    private static readonly int Kills = Need.IsLong ? 200 : 6;

    private PostgresCluster? _cluster;

    public void Dispose() => _cluster?.Dispose();

    [PostgresFact]
    public async Task Killed_at_random_moments_it_loses_nothing_acknowledged_and_nothing_acts_twice()
    {
        _cluster = PostgresCluster.Start();
        using var file = new RecordedFile(DecisionStream.Calibrated(11, 3000));
        var chance = new Random(20261124);
        var (kills, round) = (0, 0);
        while (kills < Kills)
        {
            var database = NewDatabase($"kill{round++}");
            string[] threshold = round % 2 == 0 ? [] : ["--threshold", "0.8"];
            var acknowledged = new HashSet<string>(StringComparer.Ordinal);
            while (!await RunAsync(file.Name, database, threshold, acknowledged, kills < Kills ? chance.Next(600, 4_000) : null))
            {
                kills++;
            }

            await CheckAsync(database, acknowledged, file.Decisions.Count);
        }

        output.WriteLine($"{kills} kills over {round} databases.");
    }

    [PostgresFact]
    public async Task Two_instances_share_the_work_and_the_survivor_finishes_it()
    {
        _cluster = PostgresCluster.Start();
        using var file = new RecordedFile(DecisionStream.Calibrated(7, 3000));
        var database = NewDatabase("shared");
        string[] arguments = ["--decisions", file.Name, "--postgres", _cluster.ConnectionString(database), "--auto-review", "--exit", "--json"];
        using var first = Desk.Start(arguments);
        using var second = Desk.Start([.. arguments, "--receipts"]);
        var report = first.StandardOutput.ReadToEndAsync();
        var errors = first.StandardError.ReadToEndAsync();
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        while (acknowledged.Count < 1_000 && await second.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged.Add(line);
        }

        second.Kill();
        await first.WaitForExitAsync();
        Assert.True(first.ExitCode == 0, await errors);
        var totals = Desk.Report(await report);
        Assert.Equal(3000, totals.GetProperty("acted").GetInt32() + totals.GetProperty("declined").GetInt32());
        Assert.Equal((0, 0), (totals.GetProperty("actedTwice").GetInt32(), totals.GetProperty("deadLettered").GetInt32()));
        await CheckAsync(database, acknowledged, 3000);
    }

    private static async Task<bool> EndedAsync(Process process, HashSet<string> acknowledged)
    {
        var error = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged.Add(line);
        }

        await process.WaitForExitAsync();
        Assert.True(process.ExitCode is 0 or 137, await error);
        return process.ExitCode == 0;
    }

    private async Task<bool> RunAsync(string decisions, string database, string[] threshold, HashSet<string> acknowledged, int? killAfter)
    {
        using var process = Desk.Start(["--decisions", decisions, "--postgres", _cluster!.ConnectionString(database), .. threshold, "--auto-review", "--exit", "--receipts", "--json"]);
        using var kill = killAfter is { } delay ? new Timer(_ => process.Kill(), null, delay, Timeout.Infinite) : null;
        return await EndedAsync(process, acknowledged);
    }

    private string NewDatabase(string name)
    {
        _cluster!.Execute($"CREATE DATABASE {name}");
        return name;
    }

    private async Task CheckAsync(string database, HashSet<string> acknowledged, int decisions)
    {
        Assert.Equal((long)decisions, _cluster!.Ask("SELECT count(*) FROM humanloop.item WHERE closed_at IS NOT NULL", database));
        var known = (string[])_cluster.Ask("SELECT array_agg(decision) FROM humanloop.item", database)!;
        Assert.Empty(acknowledged.Where(line => !line.StartsWith('{')).Except(known));
        Assert.Equal(0L, _cluster.Ask("SELECT count(*) FROM (SELECT 1 FROM sent WHERE effect IN ('Act', 'Decline') GROUP BY decision HAVING count(*) > 1) twice", database));
        Assert.Equal((long)decisions, _cluster.Ask("SELECT count(*) FROM sent WHERE effect IN ('Act', 'Decline')", database));
        Assert.Equal(0L, _cluster.Ask("SELECT count(*) FROM (SELECT 1 FROM humanloop.journal WHERE decision <> '' GROUP BY decision HAVING count(*) <> max(version) OR count(DISTINCT version) <> count(*)) gaps", database));
        var verified = await Desk.VerifyAsync(_cluster.ConnectionString(database));
        Assert.True(verified.ExitCode == 0, verified.Output);
    }
}
