using System.Globalization;
using System.Text;
using System.Text.Json;
using HumanLoop.Cli.Answering;
using HumanLoop.Cli.Backtest;
using HumanLoop.Cli.Input;
using HumanLoop.Cli.Tests.Store;

namespace HumanLoop.Cli.Tests.Backtest;

public sealed class BacktesterTests
{
    // A file of 2,000 rows whose k-th surest is wrong with probability growing in k: about 77 % can pass at 5 %.
    private static readonly DecisionFile Sloped = Make(2_000, (rank, chance) => chance.NextDouble() < Math.Min(.65, 1.6 * Math.Pow(rank, 6.3)));

    [Fact]
    public void The_oracle_is_the_loosest_threshold_within_the_target()
    {
        var file = DecisionFile.Read(new StringReader("confidence,correct\n0.9,1\n0.8,0\n0.8,1\n0.7,1\n0.6,1\n0.1,0\n,1\n"), "f.csv", new Dictionary<string, string>());
        var result = Backtester.Run(file, Request("fixed:0.8") with { Goal = new() { MaxErrorRate = .2 } });

        Assert.Equal(new OracleResult(0.6, 5 / 7.0), result.Oracle);
        Assert.Equal(3 / 7.0, result.Policies[0].FinalCoverage);
        Assert.Null(result.Policies[0].EverAboveTarget);
    }

    [Fact]
    public void The_error_rate_is_that_of_what_went_straight_through_and_missing_where_nothing_did()
    {
        var file = DecisionFile.Read(new StringReader("confidence,correct\n0.9,1\n0.8,0\n0.8,1\n0.7,0\n"), "f.csv", new Dictionary<string, string>());
        var result = Backtester.Run(file, Request("fixed:0.8", "fixed:0.95"));

        Assert.Equal([1 / 3.0, null], result.Policies.Select(policy => policy.StraightThroughErrorRate));
    }

    [Fact]
    public void An_exact_hit_of_the_target_is_not_above_it()
    {
        var population = new Population([new(.9, true, 0), .. Enumerable.Repeat(new DecisionRow(.9, false, 0), 19)]);

        Assert.False(population.IsAbove(new(.5), .05));
        Assert.True(population.IsAbove(new(.5), .0499));
    }

    [Fact]
    public void The_same_request_gives_the_same_result_to_the_byte()
    {
        var request = Request("risk-controlled", "wilson:200") with { Resample = 3_000, Runs = 3, Seed = 11 };

        Assert.Equal(Json(Backtester.Run(Sloped, request)), Json(Backtester.Run(Sloped, request)));
        Assert.NotEqual(Json(Backtester.Run(Sloped, request)), Json(Backtester.Run(Sloped, request with { Seed = 12 })));
    }

    [Fact]
    public void A_threshold_is_earned_and_keeps_the_target()
    {
        var policy = Backtester.Run(Sloped, Request("risk-controlled") with { Resample = 5_000, Runs = 40 }).Policies[0];

        // 40 runs at a true share of at most 0.05 exceed 6 with a chance below 0.005.
        Assert.InRange(policy.EverAboveTarget!.Value, 0, 6 / 40.0);
        Assert.True(policy.FinalCoverageOfOracle > .85);
        Assert.Equal([500, 1_000, 2_000, 5_000], policy.Checkpoints.Select(point => point.Decisions));
        Assert.Equal(policy.FinalCoverage, policy.Checkpoints[^1].Coverage);
        Assert.Equal(policy.ReviewRate * 5_000, policy.Checkpoints[^1].Reviews, 6);
    }

    [Fact]
    public void At_the_knife_edge_hardly_a_run_opens()
    {
        var errors = 0;
        var rank = 0;
        var file = Make(4_000, (_, _) =>
        {
            var wrong = errors < .0525 * ++rank;
            errors += wrong ? 1 : 0;
            return wrong;
        });
        var policy = Backtester.Run(file, Request("risk-controlled") with { Resample = 4_000, Runs = 60 }).Policies[0];

        // As above, for 60 runs: more than 8 with a chance below 0.005.
        Assert.InRange(policy.EverAboveTarget!.Value, 0, 8 / 60.0);
        Assert.Null(policy.FinalCoverageOfOracle);
    }

    [Fact]
    public void A_delay_keeps_the_target_and_costs_time()
    {
        var request = Request("risk-controlled") with { Resample = 4_000, Runs = 20 };
        var (prompt, late) = (Backtester.Run(Sloped, request).Policies[0], Backtester.Run(Sloped, request with { ReviewDelay = 300 }).Policies[0]);

        Assert.True(late.FirstLoosening.P50 >= prompt.FirstLoosening.P50 + 250);
    }

    [Fact]
    public void Each_segment_has_a_threshold_of_its_own()
    {
        var text = new StringBuilder("segment,confidence,correct\n");
        for (var i = 0; i < 3_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"good,{i % 997 / 1000.0},1\nbad,{i % 997 / 1000.0},{i % 2}\n");
        }

        var file = DecisionFile.Read(new StringReader(text.ToString()), "f.csv", new Dictionary<string, string>());
        var result = Backtester.Run(file, Request("risk-controlled") with { PerSegment = true });

        Assert.All(result.Policies[0].Changes, change => Assert.Equal("good", change.Segment));
        Assert.NotEmpty(result.Policies[0].Changes);
        Assert.Equal(.5, result.Policies[0].FinalCoverage, .02);
    }

    [Fact]
    public void The_json_has_the_shape_of_the_contract()
    {
        var result = Backtester.Run(Sloped, Request("risk-controlled") with { Resample = 1_500, Runs = 2 });
        using var document = JsonDocument.Parse(Json(result));
        var root = document.RootElement;
        var policy = root.GetProperty("policies")[0];

        Assert.Equal(["file", "decisions", "withoutConfidence", "goal", "oracle", "policies"], Names(root));
        Assert.Equal(["maxErrorRate", "risk", "auditBudget"], Names(root.GetProperty("goal")));
        Assert.Equal(["threshold", "coverage"], Names(root.GetProperty("oracle")));
        Assert.Equal(
            [
                "policy", "runs", "straightThroughRate", "reviewRate", "auditRate", "straightThroughErrors", "straightThroughErrorRate", "everAboveTarget",
                "firstLoosening", "finalThreshold", "finalCoverage", "finalCoverageOfOracle", "checkpoints", "changes",
            ],
            Names(policy));
        Assert.Equal(["p10", "p50", "p90"], Names(policy.GetProperty("firstLoosening")));
        Assert.Equal(["decisions", "coverage", "coverageOfOracle", "reviews", "errorsLetThrough"], Names(policy.GetProperty("checkpoints")[0]));
        Assert.Equal(["decision", "segment", "from", "to", "reason", "reviewed", "errors"], Names(policy.GetProperty("changes")[0]));
    }

    [Theory]
    [InlineData("never-heard-of")]
    [InlineData("fixed:x")]
    [InlineData("fixed:1.5")]
    [InlineData("streak:0")]
    [InlineData("cost:5")]
    [InlineData("cost:1/Infinity")]
    [InlineData("cost:NaN/1")]
    [InlineData("fixed:NaN")]
    [InlineData("wilson")]
    public void An_unknown_policy_is_refused(string policy) =>
        Assert.StartsWith($"--policy {policy}: ", Assert.Throws<InputException>(() => PolicyChoice.Parse(policy)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_report_can_be_written()
    {
        var request = Request("risk-controlled", "streak:20") with { Resample = 1_500, Runs = 2 };
        var report = new Report(Backtester.Run(Sloped, request), Backtester.Populations(Sloped, request), new(100, 2));
        string Written(Action<TextWriter, Report> write)
        {
            using var writer = new StringWriter();
            write(writer, report);
            return writer.ToString();
        }

        Assert.Contains("hours of review saved", Written(TableReport.Write), StringComparison.Ordinal);
        var html = Written(HtmlReport.Write);
        Assert.Equal(5, html.Split("<svg ").Length - 1);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_segment_and_each_policy_has_its_name_in_the_plots()
    {
        var text = new StringBuilder("segment,confidence,correct\n");
        for (var i = 0; i < 600; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"invoice & co,{i % 97 / 100.0},1\nletter,{i % 97 / 100.0},1\n");
        }

        var file = DecisionFile.Read(new StringReader(text.ToString()), "f.csv", new Dictionary<string, string>());
        var request = Request("risk-controlled", "fixed:0.9") with { PerSegment = true };
        using var writer = new StringWriter();
        HtmlReport.Write(writer, new(Backtester.Run(file, request), Backtester.Populations(file, request), new(null, null)));

        Assert.Contains("<title>invoice &amp; co</title>", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("<title>risk-controlled, letter</title>", writer.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, writer.ToString().Split("<title>fixed:0.9</title>").Length - 1);
    }

    [Fact]
    public async Task What_cannot_be_written_leaves_nothing_behind()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var target = folder.CreateSubdirectory("answer.json");
            Assert.Throws<InputException>(() => Output.Write("text", target.FullName));
            Assert.Equal(["answer.json"], folder.EnumerateFileSystemInfos().Select(entry => entry.Name));

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rows.csv"), "confidence,correct\n0.9,1\n");
            var huge = await CommandRun.OfAsync("backtest", Path.Combine(folder.FullName, "rows.csv"), "--resample", "2147483647", "--runs", "1");
            Assert.Equal((2, "--resample: expected a number of decisions from 1 to 100,000,000."), (huge.Code, huge.Error.Trim()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_confidence_that_cannot_automate_is_told_in_words()
    {
        var inverted = Make(2_000, (rank, chance) => chance.NextDouble() < .8 - (.6 * rank));
        var request = Request("risk-controlled", "fixed:0");
        var report = new Report(Backtester.Run(inverted, request), Backtester.Populations(inverted, request), new(null, null));
        using var writer = new StringWriter();

        TableReport.Write(writer, report);

        Assert.Contains("ranks the wrong way round: the surer, the more often wrong", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("risk-controlled reviews everything at the end: beyond doubt the surest decisions are wrong too often; waiting does not help (target_unreachable)", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("fixed:0 reviews everything", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("whyClosed", Json(report.Result), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_file_that_nobody_scored_has_nothing_to_rank()
    {
        var file = DecisionFile.Read(new StringReader("confidence,correct\n,1\n,0\n"), "f.csv", new Dictionary<string, string>());

        Assert.Equal("Confidence of all decisions: nothing to rank, nobody scored them", ConfidenceText.Of(new Population(file.Rows)));
    }

    private static BacktestRequest Request(params string[] policies) =>
        new() { Goal = new() { MaxErrorRate = .05 }, Policies = [.. policies.Select(PolicyChoice.Parse)] };

    private static string Json(BacktestResult result) => JsonSerializer.Serialize(result, BacktestJsonContext.Default.BacktestResult);

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(member => member.Name);

    private static DecisionFile Make(int rows, Func<double, Random, bool> isWrong)
    {
        var chance = new Random(3);
        var text = new StringBuilder("confidence,correct\n");
        for (var i = 0; i < rows; i++)
        {
            var rank = (i + .5) / rows;
            text.Append(CultureInfo.InvariantCulture, $"{1 - rank},{(isWrong(rank, chance) ? 0 : 1)}\n");
        }

        return DecisionFile.Read(new StringReader(text.ToString()), "made.csv", new Dictionary<string, string>());
    }
}
