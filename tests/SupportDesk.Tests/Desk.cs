using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace SupportDesk.Tests;

/// <summary>The sample as a process of its own.</summary>
internal static class Desk
{
    private static readonly string Dll = typeof(Desk).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "SupportDesk").Value!;

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start) ?? throw new InvalidOperationException("The sample did not start.");
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>The object on the last line of output.</summary>
    public static JsonElement Report(string output) =>
        JsonDocument.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;
}
