using System.Collections.Concurrent;
using System.Diagnostics;
using HumanLoop.Evaluation;
using HumanLoop.PostgreSql.Tests;
using HumanLoop.Testing;
using Xunit.Abstractions;

namespace SupportDesk.Tests;

/// <summary>Two instances earn one threshold on real decisions, and one of them is killed.</summary>
[Trait("Category", "Slow")]
public sealed class TwoInstancesTests(ITestOutputHelper output)
{
    private const int Decisions = 2_000;

    [RealStreamFact]
    public async Task One_of_two_is_killed_in_the_middle_and_both_had_one_threshold_and_the_other_ends_with_exact_totals()
    {
        using var cluster = PostgresCluster.Start();
        using var file = new RecordedFile(DecisionStream.ReadFile(Path.Combine(DataFolder.Find()!, "clinc150-decisions.csv")).Take(Decisions));

        // One begins at the end, so that until they meet each judges decisions of its own.
        string[] arguments = ["--postgres", cluster.ConnectionString(), "--HumanLoop:Workflows:recorded:Review:Lease", "00:00:10", "--auto-review", "--exit", "--json", "--thresholds"];
        using var survivor = Desk.Start(["--decisions", file.Name, .. arguments]);
        using var victim = Desk.Start(["--decisions", file.Backwards(), .. arguments]);
        try
        {
            var (seenByOne, seenByOther) = (new ConcurrentQueue<(string Line, long At)>(), new ConcurrentQueue<(string Line, long At)>());
            var reading = Task.WhenAll(ReadAsync(survivor, seenByOne), ReadAsync(victim, seenByOther));
            var (errors, _) = (survivor.StandardError.ReadToEndAsync(), victim.StandardError.ReadToEndAsync());
            var waiting = Stopwatch.StartNew();
            (string Line, long At) one = default, other = default;
            while (one.Line is null || one.Line != other.Line)
            {
                Assert.False(survivor.HasExited, survivor.HasExited ? await errors : null);
                Assert.True(waiting.Elapsed < TimeSpan.FromMinutes(1), "They never had one threshold.");
                await Task.Delay(5);
                (one, other) = (seenByOne.LastOrDefault(), seenByOther.LastOrDefault());
            }

            var apart = Stopwatch.GetElapsedTime(Math.Min(one.At, other.At), Math.Max(one.At, other.At));
            var routed = (long)cluster.Ask("SELECT count(*) FROM humanloop.item")!;
            victim.Kill();
            output.WriteLine($"{one.Line} at both within {apart.TotalMilliseconds:0} ms; killed after {routed} decisions.");
            Assert.InRange(apart, TimeSpan.Zero, TimeSpan.FromSeconds(2));
            Assert.InRange(routed, 1, Decisions - 1);

            await reading;
            await survivor.WaitForExitAsync();
            Assert.True(survivor.ExitCode == 0, await errors);
            var totals = Desk.Report(seenByOne.Last().Line);
            Assert.Equal((Decisions, 0, 0), (totals.GetProperty("acted").GetInt32() + totals.GetProperty("declined").GetInt32(), totals.GetProperty("actedTwice").GetInt32(), totals.GetProperty("deadLettered").GetInt32()));
            Assert.Equal((long)Decisions, cluster.Ask("SELECT count(*) FROM humanloop.item WHERE closed_at IS NOT NULL"));
            Assert.Equal((long)Decisions, cluster.Ask("SELECT count(*) FROM sent WHERE effect IN ('Act', 'Decline')"));
            Assert.Equal((long)Decisions, cluster.Ask("SELECT count(DISTINCT decision) FROM sent WHERE effect IN ('Act', 'Decline')"));
            var verified = await Desk.VerifyAsync(cluster.ConnectionString());
            Assert.True(verified.ExitCode == 0, verified.Output);
        }
        finally
        {
            survivor.Kill();
            victim.Kill();
        }
    }

    private static async Task ReadAsync(Process process, ConcurrentQueue<(string Line, long At)> lines)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Enqueue((line, Stopwatch.GetTimestamp()));
        }
    }
}
