using HumanLoop.Testing;

namespace SupportDesk.Tests;

/// <summary>The threshold of the sample is earned while it runs.</summary>
[Trait("Category", "Slow")]
public sealed class AdaptiveTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    public async Task It_starts_by_reviewing_everything_and_loosens_within_the_run(string seed)
    {
        using var folder = new RecordedFile([]);
        var (code, output, error) = await Desk.RunAsync("--auto-review", "--exit", "--json", "--seed", seed, "--tickets", "2500", "--database", folder.Database());

        Assert.True(code == 0, error);
        var report = Desk.Report(output);
        var first = report.GetProperty("thresholdChanges")[0];
        Assert.Equal((null, "earned"), (first.GetProperty("from").GetString(), first.GetProperty("reason").GetString()));
        Assert.InRange(report.GetProperty("straightThrough").GetInt32(), 300, 1500);
        Assert.True(report.GetProperty("straightThroughErrorRate").GetDouble() <= 0.05);
        Assert.Equal((2500, 0, 0), (report.GetProperty("acted").GetInt32() + report.GetProperty("declined").GetInt32(), report.GetProperty("actedTwice").GetInt32(), report.GetProperty("deadLettered").GetInt32()));
    }

    [Fact]
    public async Task A_model_that_is_no_better_than_its_goal_never_acts_alone()
    {
        using var file = new RecordedFile([.. DecisionStream.Calibrated(7, 1500).Select((one, n) => one with { Truth = n % 10 == 0 ? "another" : one.Predicted })]);
        var (code, output, error) = await Desk.RunAsync("--decisions", file.Name, "--database", file.Database(), "--auto-review", "--exit", "--json");

        Assert.True(code == 0, error);
        Assert.Equal((0, 1500), (Desk.Report(output).GetProperty("straightThrough").GetInt32(), Desk.Report(output).GetProperty("reviewed").GetInt32()));
    }
}
