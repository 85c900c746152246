using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace SupportDesk.Tests;

/// <summary>The sample as a process of its own.</summary>
internal static class Desk
{
    public static Process Start(params string[] arguments) => Start("SupportDesk", arguments);

    /// <summary>Asks the command line whether the journal leads to what is stored.</summary>
    public static async Task<(int ExitCode, string Output)> VerifyAsync(string database)
    {
        using var process = Start("HumanLoop.Cli", "verify", "--store", database);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    private static Process Start(string program, params string[] arguments)
    {
        var dll = typeof(Desk).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == program).Value!;
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
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
