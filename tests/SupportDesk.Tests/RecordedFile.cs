using System.Globalization;
using HumanLoop.Testing;

namespace SupportDesk.Tests;

/// <summary>A file of recorded decisions in a folder of its own.</summary>
internal sealed class RecordedFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("support-desk-");

    public RecordedFile(IEnumerable<RecordedDecision> decisions)
    {
        Decisions = [.. decisions];
        Write(Name, Decisions);
    }

    public IReadOnlyList<RecordedDecision> Decisions { get; }

    public string Name => Path.Combine(_folder.FullName, "decisions.csv");

    /// <summary>The same decisions, the last one first.</summary>
    public string Backwards()
    {
        var name = Path.Combine(_folder.FullName, "backwards.csv");
        Write(name, Decisions.Reverse());
        return name;
    }

    public string Database(int number = 0) => Path.Combine(_folder.FullName, $"{number}.db");

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Write(string name, IEnumerable<RecordedDecision> decisions) => File.WriteAllLines(
        name,
        ["id,segment,predicted,confidence,truth", .. decisions.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Id},{one.Segment},{one.Predicted},{one.Confidence?.Value},{one.Truth}"))]);
}
