using System.Diagnostics;
using System.Reflection;

namespace HumanLoop.Extensions.AI.Tests;

/// <summary>The samples, as processes of their own, tell the story that they are there for.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task Tool_calls_are_approved_corrected_and_rejected_across_a_restart()
    {
        var (exitCode, output) = await RunAsync("ToolApproval");

        Assert.Equal(0, exitCode);
        Assert.Contains("confidence 0.55, because below_threshold", output, StringComparison.Ordinal);
        Assert.Contains("because large_amount", output, StringComparison.Ordinal);
        Assert.Contains("is told: Refund: amount must be integer.", output, StringComparison.Ordinal);
        Assert.EndsWith("Paid back: 20 for A-1002, 20 for A-1003.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_invoices_a_person_reads_only_the_weak_fields()
    {
        var (exitCode, output) = await RunAsync("Invoices");

        Assert.Equal(0, exitCode);
        Assert.Contains("weak_field:supplier", output, StringComparison.Ordinal);
        Assert.Contains("6 of 10 booked without a human; 4 reviewed, 2 of them corrected.", output, StringComparison.Ordinal);
        Assert.EndsWith("A person read 4 of 30 fields. Wrong in the books: 0.\n", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string sample)
    {
        var dll = typeof(SampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == sample).Value!;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [dll]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Empty(await error);
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"));
    }
}
