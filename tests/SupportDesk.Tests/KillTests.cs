using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace SupportDesk.Tests;

[Trait("Category", "Slow")]
public sealed class KillTests(ITestOutputHelper output)
{
    // HUMANLOOP_LONG=1 kills 50 times instead of 8.
    private static readonly int Kills = Environment.GetEnvironmentVariable("HUMANLOOP_LONG") == "1" ? 50 : 8;

    [Fact]
    public async Task Killed_at_random_moments_it_loses_nothing_acknowledged_and_nothing_acts_twice()
    {
        using var file = new RecordedFile(DecisionStream.Calibrated(11, 6000));
        var chance = new Random(20261123);
        var (kills, round) = (0, 0);
        while (kills < Kills)
        {
            // One database is killed over and over until a run comes to its end; then the next one.
            // Every other one earns its threshold.
            var database = file.Database(round++);
            string[] threshold = round % 2 == 0 ? [] : ["--threshold", "0.8"];
            var acknowledged = new HashSet<string>(StringComparer.Ordinal);
            while (!await RunAsync(file.Name, database, threshold, acknowledged, kills < Kills ? chance.Next(300, 2500) : null))
            {
                kills++;
            }

            await VerifyAsync(database, acknowledged, file.Decisions.Count);
            var verified = await Desk.VerifyAsync(database);
            Assert.True(verified.ExitCode == 0, verified.Output);
        }

        output.WriteLine($"{kills} kills over {round} databases.");
    }

    /// <summary>Runs the sample, and kills it after a while if it has not come to its end. True when it has.</summary>
    private static async Task<bool> RunAsync(string decisions, string database, string[] threshold, HashSet<string> acknowledged, int? killAfter)
    {
        using var process = Desk.Start(["--decisions", decisions, "--database", database, .. threshold, "--auto-review", "--exit", "--receipts", "--json"]);
        var error = process.StandardError.ReadToEndAsync();
        using var kill = killAfter is { } delay ? new Timer(_ => process.Kill(), null, delay, Timeout.Infinite) : null;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged.Add(line);
        }

        await process.WaitForExitAsync();
        Assert.True(process.ExitCode is 0 or 137, await error);
        return process.ExitCode == 0;
    }

    private static async Task VerifyAsync(string database, HashSet<string> acknowledged, int decisions)
    {
        var services = new ServiceCollection();
        services.AddHumanLoop().UseSqlite($"Data Source={database}");
        await using var provider = services.BuildServiceProvider();
        var queue = provider.GetRequiredService<IReviewQueue>();
        var items = new Dictionary<string, WorkItem>(StringComparer.Ordinal);
        for (WorkPage? page = null; page is null || page.Next is not null;)
        {
            page = await queue.ListAsync(new() { Limit = 1000, Cursor = page?.Next });
            foreach (var item in page.Items)
            {
                items.Add(item.DecisionId.Value, item);
            }
        }

        Assert.Equal(decisions, items.Count);
        Assert.Empty(acknowledged.Where(line => !line.StartsWith('{')).Except(items.Keys));
        Assert.All(items.Values, item => Assert.True(item.IsClosed, $"{item.DecisionId} is {item.State}."));
        await JournalTellsTheItemsAsync(provider.GetRequiredService<IDecisionJournal>(), items);

        await using var mailbox = new SqliteConnection($"Data Source={database}.sent;Mode=ReadOnly");
        await mailbox.OpenAsync();
        Assert.Equal(0L, Number(mailbox, "SELECT count(*) FROM (SELECT decision FROM sent WHERE effect IN ('Act', 'Decline') GROUP BY decision HAVING count(*) > 1)"));
        Assert.Equal((long)decisions, Number(mailbox, "SELECT count(*) FROM sent WHERE effect IN ('Act', 'Decline')"));
    }

    /// <summary>Versions without gaps, and replaying them makes the very facts that are stored.</summary>
    private static async Task JournalTellsTheItemsAsync(IDecisionJournal journal, Dictionary<string, WorkItem> items)
    {
        var stories = new Dictionary<string, List<JournalEntry>>(StringComparer.Ordinal);
        var position = 0L;
        while (await journal.ReadAsync(position, 1000) is { Count: > 0 } records)
        {
            foreach (var entry in records.Select(record => record.Entry).Where(entry => !entry.DecisionId.IsEmpty))
            {
                stories.TryAdd(entry.DecisionId.Value, []);
                stories[entry.DecisionId.Value].Add(entry);
            }

            position = records[^1].Position;
        }

        foreach (var (id, item) in items)
        {
            var story = stories[id];
            Assert.Equal(Enumerable.Range(1, story.Count).Select(version => (long)version), story.Select(entry => entry.Version));
            var replayed = WorkItem.Replay(story);
            Assert.Equal((item.State, item.Version, item.Revision, item.Effect, item.WasRight, item.ClosedAt), (replayed.State, replayed.Version, replayed.Revision, replayed.Effect, replayed.WasRight, replayed.ClosedAt));
        }
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return (long)(command.ExecuteScalar() ?? -1L);
    }
}
