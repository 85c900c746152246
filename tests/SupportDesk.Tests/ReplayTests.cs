using HumanLoop;
using HumanLoop.Testing;

namespace SupportDesk.Tests;

public sealed class ReplayTests
{
    [Fact]
    public async Task Exactly_the_decisions_at_or_above_the_threshold_go_straight_through_and_everything_settles_once()
    {
        using var file = new RecordedFile([.. DecisionStream.Calibrated(7, 1500), Unscored("unscored-1"), Unscored("unscored-2")]);
        var (code, output, error) = await Desk.RunAsync("--decisions", file.Name, "--database", file.Database(), "--threshold", "0.8", "--auto-review", "--exit", "--json");

        Assert.True(code == 0, error);
        var report = Desk.Report(output);
        var above = file.Decisions.Where(one => new Threshold(0.8).Admits(one.Confidence ?? Confidence.Unusable)).ToArray();
        Assert.Equal(1502, report.GetProperty("decisions").GetInt32());
        Assert.Equal(above.Length, report.GetProperty("straightThrough").GetInt32());
        Assert.Equal(above.Count(one => !one.IsRight), report.GetProperty("errorsLetThrough").GetInt32());
        Assert.Equal(1502 - above.Length, report.GetProperty("approved").GetInt32() + report.GetProperty("corrected").GetInt32() + report.GetProperty("rejected").GetInt32());
        Assert.Equal(1502, report.GetProperty("acted").GetInt32() + report.GetProperty("declined").GetInt32());
        Assert.Equal(0, report.GetProperty("actedTwice").GetInt32());
        Assert.Equal(0, report.GetProperty("deadLettered").GetInt32());
    }

    [Fact]
    public async Task A_bad_row_is_told_by_line_and_column_and_nothing_is_half_done()
    {
        using var file = new RecordedFile(DecisionStream.Calibrated(7, 20));
        await File.AppendAllTextAsync(file.Name, "bad-1,segment,label,1.7x,label\n");
        var (code, _, error) = await Desk.RunAsync("--decisions", file.Name, "--database", file.Database(), "--auto-review", "--exit", "--json");

        Assert.Equal(2, code);
        Assert.Contains("line 22", error, StringComparison.Ordinal);
        Assert.Contains("confidence", error, StringComparison.Ordinal);
        Assert.Equal(["decisions.csv"], Directory.GetFiles(Path.GetDirectoryName(file.Name)!).Select(Path.GetFileName));
    }

    private static RecordedDecision Unscored(string id) => new() { Id = id, Predicted = "label", Truth = "label" };
}
