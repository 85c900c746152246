using System.Text;

namespace SupportDesk.Tests;

/// <summary><c>--protect</c>: what decisions say is encrypted before it is stored.</summary>
public sealed class ProtectTests : IDisposable
{
    private const string Secret = "the parcel of somebody else came to me";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("support-desk-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_is_stored_does_not_contain_what_customers_write_and_a_restart_reads_it()
    {
        await File.WriteAllLinesAsync(PathOf("decisions.csv"), ["id,text,predicted,confidence,truth", .. Enumerable.Range(0, 20).Select(n => $"d-{n},{Secret} {n},strange_parcel,0.4,{(n < 5 ? "broken_parcel" : "strange_parcel")}")]);
        await RouteAndKillAsync("plain");
        await RouteAndKillAsync("closed", "--protect", PathOf("keys"));

        Assert.Contains(Secret, Stored("plain"), StringComparison.Ordinal);
        Assert.Contains("strange_parcel", Stored("plain"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Stored("closed"), StringComparison.Ordinal);
        Assert.DoesNotContain("strange_parcel", Stored("closed"), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(PathOf("keys")));

        // The reviewers compare the proposal with the truth, so they must be able to read it.
        var (code, output, error) = await Desk.RunAsync("--decisions", PathOf("decisions.csv"), "--database", PathOf("closed.db"), "--protect", PathOf("keys"), "--auto-review", "--exit", "--json");
        Assert.True(code == 0, error);
        var report = Desk.Report(output);
        Assert.Equal((15, 5, 20), (report.GetProperty("approved").GetInt32(), report.GetProperty("corrected").GetInt32(), report.GetProperty("acted").GetInt32()));
        Assert.DoesNotContain("strange_parcel", Stored("closed"), StringComparison.Ordinal);
    }

    private async Task RouteAndKillAsync(string name, params string[] more)
    {
        using var process = Desk.Start(["--decisions", PathOf("decisions.csv"), "--database", PathOf($"{name}.db"), "--receipts", .. more]);
        try
        {
            var receipts = 0;
            while (receipts < 20 && await process.StandardOutput.ReadLineAsync() is { } line)
            {
                receipts += line.StartsWith("d-", StringComparison.Ordinal) ? 1 : 0;
            }

            Assert.Equal(20, receipts);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    // What the customer was sent is the outside world's and lies in a file of its own.
    private string Stored(string name) =>
        string.Concat(Directory.GetFiles(_folder.FullName, $"{name}.db*").Where(file => !file.Contains(".sent", StringComparison.Ordinal)).Select(file => Encoding.UTF8.GetString(File.ReadAllBytes(file))));
}
