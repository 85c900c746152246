using System.Diagnostics;

namespace HumanLoop.KillApp.Tests;

/// <summary>The application as a process of its own, and what it acknowledged.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private Child(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static Child Start(Store store, string name, string mode)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Loop).Assembly.Location, store.ConnectionString, store.World, name, mode]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        return new(Process.Start(start) ?? throw new InvalidOperationException("The child did not start."));
    }

    public void Kill() => _process.Kill();

    public void Sleep() => Send("STOP");

    public void WakeUp() => Send("CONT");

    /// <summary>Lets it go on where it waits for a word.</summary>
    public Task TellAsync() => _process.StandardInput.WriteLineAsync();

    /// <summary>Its next word; <see langword="null"/> after its end. What the kill cut off was not said.</summary>
    public async Task<string?> HearAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) is { } line && line.EndsWith(';') ? line[..^1] : null;

    /// <summary>Waits for words that begin so.</summary>
    public async Task<string> HearAsync(string beginning)
    {
        while (true)
        {
            var line = await HearAsync();
            Assert.True(line is not null, $"The child ended before it said '{beginning}': {(_process.HasExited ? await _errors : "")}");
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    /// <summary>It was killed, and did not end by a fault of its own.</summary>
    public async Task AssertKilledAsync()
    {
        await _process.WaitForExitAsync();
        Assert.True(_process.ExitCode == 137, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Send(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {_process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
