using System.Diagnostics;
using System.Text.Json;
using Npgsql;

namespace HumanLoop.Queues;

/// <summary>graphile-worker on the same server, in Node: installed by npm into a temporary folder.</summary>
internal sealed class GraphilePeer : IDisposable
{
    public const string Process = "graphile-worker, process in batches";

    private readonly NpgsqlDataSource _source;
    private readonly string _address;
    private readonly Reference _reference;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("humanloop-queues-");

    public GraphilePeer(NpgsqlDataSource source, string connection, Reference reference)
    {
        (_source, _reference) = (source, reference);
        var parts = new NpgsqlConnectionStringBuilder(connection);
        _address = $"postgres://{Uri.EscapeDataString(parts.Username ?? "")}:{Uri.EscapeDataString(parts.Password ?? "")}@{parts.Host}:{parts.Port}/{Uri.EscapeDataString(parts.Database ?? "")}";
        All = [Of("graphile-worker, addJob, 32 callers", "add"), Of("graphile-worker, addJobs, 20,000 a call", "addJobs"), Of(Process, "process")];
    }

    public IReadOnlyList<Case> All { get; }

    /// <exception cref="InvalidOperationException">npm is not there, or could not install it.</exception>
    public void Install()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "graphile")))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        Run("npm", "install", "--no-audit", "--no-fund");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Case Of(string name, string what) => new(name, _reference, async () =>
    {
        await using var schema = await TemporarySchema.CreateAsync(_source);
        var answer = await Task.Run(() => Run("node", "peer.js", what, _address, schema.Name));
        var measured = JsonElement.Parse(answer);
        return new(measured.GetProperty("rows").GetDouble(), TimeSpan.FromMilliseconds(measured.GetProperty("milliseconds").GetDouble()));
    });

    private string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}: {errors.Result}");
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new InvalidOperationException($"{program} cannot be run: {failure.Message}");
        }
    }
}
