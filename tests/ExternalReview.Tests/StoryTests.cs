using System.Diagnostics;
using System.Reflection;

namespace ExternalReview.Tests;

/// <summary>The sample as a process of its own.</summary>
public class StoryTests
{
    [Fact]
    public async Task Verdicts_of_the_outside_tool_settle_what_the_AI_was_not_sure_of_and_a_stranger_settles_nothing()
    {
        var dll = typeof(StoryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "ExternalReview").Value!;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [dll, "--exit"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var told = await output;

        Assert.True(process.ExitCode == 0, $"{told}{await error}");
        Assert.Empty(await error);
        foreach (var line in new[]
        {
            "stranger     tries a verdict of their own: 401",
            "pays         A-1001: 12.50, because the AI was sure",
            "pays         A-1002: 40.00, because mia@tool.example approved it",
            "pays         A-1003: 100.00, because mia@tool.example corrected it",
            "declines     A-1004, because mia@tool.example rejected it",
            "tool         closes refund/A-1002: approved by mia@tool.example",
            "tool         closes refund/A-1003: corrected by mia@tool.example",
            "tool         closes refund/A-1004: rejected by mia@tool.example",
        })
        {
            Assert.Contains(line, told, StringComparison.Ordinal);
        }
    }
}
